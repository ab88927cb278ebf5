package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.stack.Installation;
import io.trialstream.cli.view.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The README's table of commands is made of the commands themselves. {@code -Dtrialstream.updateDocs=true} writes it
 * anew.
 */
class CommandTableTest {
    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- commands: CommandTableTest keeps this table -->\n";
    private static final String END = "<!-- end of commands -->\n";
    /** Options that the text above the table explains once. */
    private static final Set<String> COMMON = Set.of("--help", "--version", "--quiet", "--url", "--data-dir");

    @Test
    void shouldBeTrue() throws Exception {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END);
        if (Boolean.getBoolean("trialstream.updateDocs")) {
            Files.writeString(README, readme.substring(0, begin) + table() + readme.substring(end));
        } else {
            assertThat(readme.substring(begin, end))
                    .as("write it anew with: mvn -pl cli -am test -Dtest=CommandTableTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dtrialstream.updateDocs=true")
                    .isEqualTo(table());
        }
    }

    private static String table() {
        Session session = new Session(new Terminal(System.out, false, 100), new Installation(Path.of("")));
        List<String> rows = new ArrayList<>();
        addRows(Trialstream.commandLine(session), rows);
        return "| command | what it does | options |\n|---|---|---|\n" + String.join("", rows);
    }

    private static void addRows(CommandLine command, List<String> rows) {
        if (command.getSubcommands().isEmpty()) {
            rows.add(row(command.getCommandSpec()));
        }
        command.getSubcommands().values().forEach(child -> addRows(child, rows));
    }

    private static String row(CommandSpec command) {
        String name = command.qualifiedName(" ").replaceFirst("^trialstream ", "")
                + command.positionalParameters().stream()
                        .map(CommandTableTest::synopsis)
                        .collect(Collectors.joining());
        String options = command.options().stream()
                .filter(option -> !option.hidden() && !COMMON.contains(option.longestName()))
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .map(option ->
                        "`" + option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel()) + "`")
                .collect(Collectors.joining(", "));
        return "| `" + escaped(name) + "` | " + escaped(command.usageMessage().description()[0]) + " | "
                + escaped(options) + " |\n";
    }

    private static String synopsis(PositionalParamSpec parameter) {
        String label = parameter.arity().max() > 1 ? parameter.paramLabel() + "..." : parameter.paramLabel();
        return parameter.arity().min() == 0 ? " [" + label + "]" : " " + label;
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }
}
