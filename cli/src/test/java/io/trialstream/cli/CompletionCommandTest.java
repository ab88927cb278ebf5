package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.ScriptedServer.Ran;
import io.trialstream.contracts.testing.Needed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion script in the shells themselves. */
class CompletionCommandTest {
    @TempDir
    Path home;

    private Path script;

    @BeforeEach
    void writeScript() throws Exception {
        Ran ran = ScriptedServer.run(home, "", "completion", "bash");
        assertThat(ran.exitCode()).isZero();
        assertThat(ScriptedServer.run(home, "", "completion", "zsh").out()).isEqualTo(ran.out());
        script = Files.writeString(home.resolve("completion.sh"), ran.out());
    }

    @Test
    void shouldBeAScriptThatBashUnderstands() throws Exception {
        Needed.succeeds("there is no bash", "bash", "-c", "true");

        assertThat(output("bash", "-n", script.toString())).isEmpty();
    }

    @Test
    void shouldCompleteCommandsAndOptions() throws Exception {
        Needed.succeeds("there is no bash", "bash", "-c", "true");

        assertThat(completed("trialstream", "st")).contains("status", "study");
        assertThat(completed("trialstream", "study", "re")).contains("resume", "retrain");
        assertThat(completed("trialstream", "export", "--fo")).contains("--format", "--force");
        assertThat(completed("trialstream", "export", "--format", "")).contains("csv", "ndjson", "seed");
    }

    @Test
    void shouldLoadInZsh() throws Exception {
        Needed.succeeds("there is no zsh (install zsh)", "zsh", "-c", "true");

        assertThat(output("zsh", "-c", "source " + script + " && echo loaded")).contains("loaded");
    }

    @Test
    void shouldRefuseAnUnknownShell() {
        assertThat(ScriptedServer.run(home, "", "completion", "fish").exitCode())
                .isEqualTo(2);
    }

    /** What bash proposes for the last word. */
    private List<String> completed(String... words) throws Exception {
        String query = "source " + script + "; COMP_WORDS=('" + String.join("' '", words) + "'); COMP_CWORD="
                + (words.length - 1) + "; COMP_LINE='" + String.join(" ", words)
                + "'; COMP_POINT=${#COMP_LINE}; _complete_trialstream; printf '%s\\n' \"${COMPREPLY[@]}\"";
        return output("bash", "-c", query).lines().map(String::strip).toList();
    }

    private static String output(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
