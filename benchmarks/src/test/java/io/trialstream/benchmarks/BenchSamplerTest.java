package io.trialstream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchSamplerTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String arguments) {
        CommandLine line = BenchSampler.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments.replace("DIR", folder.toString()).split(" (?=--)|(?<=--[a-z]{1,12}) "));
    }

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("space.yaml"), "z: {choice: [1, 2]}\na: {quniform: [0, 2, 1]}\n");
        Files.writeString(folder.resolve("table.csv"), "key,v0\n00,1\n01,2\n02,3\n10,4\n11,5\n12,6\n");
        Files.writeString(folder.resolve("large.csv"), "key,v0\n00,1\n20,2\n");
        Files.writeString(folder.resolve("text.csv"), "key,v0\n00,1\n01,good\n");
        Files.writeString(folder.resolve("short.csv"), "key,v0\n00,1\n01\n");
        Files.writeString(folder.resolve("broken.yaml"), "a: [1, 2\n");
        Files.writeString(folder.resolve("wrong.yaml"), "a: {uniform: [2, 1]}\n");
    }

    @Test
    void shouldFindTheBestRowOfATableInTheOrderOfTheSpaceFile() {
        int exit = run("--table DIR/table.csv --space DIR/space.yaml --direction max --evals 6 --seeds 2 --workers 1,2"
                + " --samplers tree-tpe --json DIR/out.json");

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("| table | 1 | tree-tpe | 0.00 | 0.00 | 0 % |")
                .contains("| table | 2 | tree-tpe | 0.00 |");
    }

    @Test
    void shouldAddToTheResultFile() throws IOException {
        String each = "--function camel --evals 3 --seeds 2 --json DIR/out.json --samplers random --workers ";
        run(each + "1");
        run(each + "2");
        run(each + "1");

        assertThat(Files.readAllLines(folder.resolve("out.json")))
                .hasSize(4)
                .anyMatch(line -> line.contains("\"workers\":1"))
                .anyMatch(line -> line.contains("\"workers\":2"));
    }

    @Test
    void shouldAskAnotherProcess() {
        int exit = run("--surrogate while read -r line; do echo '{\"value\": 0.5, \"mean\": 0.4}'; done"
                + " --space DIR/space.yaml --best 0.9 --evals 4 --seeds 1 --workers 1 --samplers random");

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("| surrogate | 1 | random | 0.500 |");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
        --seeds 3                                                    | nothing to optimise
        --seeds many                                                 | 'many' is not an int
        --sampler random                                             | Unknown options
        --function gates                                             | no function 'gates'
        --function gate --workers 0                                  | --workers must be positive
        --function gate --seeds 0                                    | must be positive
        --function gate --samplers tpe                               | unknown sampler 'tpe'
        --function gate --samplers tree-tpe:gamma                    | written name=value
        --function gate --samplers tree-tpe:gama=1                   | sampler.gama
        --function gate --direction up                               | must be max or min
        --table DIR/table.csv                                        | --space is needed
        --table DIR/none.csv --space DIR/space.yaml                  | cannot read the table
        --table DIR/table.csv --space DIR/none.yaml                  | cannot read the space
        --table DIR/table.csv --space DIR/broken.yaml                | not YAML or JSON
        --table DIR/table.csv --space DIR/wrong.yaml                 | space.a.uniform
        --table DIR/large.csv --space DIR/space.yaml                 | z has 2 values
        --table DIR/text.csv --space DIR/space.yaml                  | line 3
        --table DIR/short.csv --space DIR/space.yaml                 | line 3
        --surrogate true --space DIR/space.yaml                      | process
        --surrogate echo no; sleep 1 --space DIR/space.yaml          | one line of JSON
        """)
    void shouldSayInOneLineWhatIsWrong(String arguments, String expected) {
        assertThat(run(arguments)).isNotZero();
        assertThat(err.toString().strip())
                .contains(expected)
                .doesNotContain("\n")
                .doesNotContain("Exception:");
    }
}
