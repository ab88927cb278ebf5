package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.cli.stack.Installation;
import io.trialstream.cli.view.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeFileTest {
    private static final Session SESSION =
            new Session(new Terminal(System.out, false, 80), new Installation(Path.of("")));

    @TempDir
    Path directory;

    @Test
    void shouldKeepTheTextAsItWasWritten() throws Exception {
        Path file = Files.writeString(directory.resolve("study.yaml"), "# mine\nname: demo\n");

        assertThat(TreeFile.read(SESSION, file))
                .isEqualTo(new TreeFile(file.toString(), "# mine\nname: demo\n", "application/yaml"));
    }

    @Test
    void shouldReplaceOneTextAndNothingElse() throws Exception {
        Path file = Files.writeString(
                directory.resolve("study.json"),
                "{\"training\": {\"dataset\": \"cifar100\", \"epochs\": 4}, \"space\": {\"a\": {\"choice\": [null, \"4\", true, \"no\"]}}}");
        TreeFile before = TreeFile.read(SESSION, file);

        TreeFile after = before.with("training", "dataset", "shapes");

        assertThat(after.mediaType()).isEqualTo("application/yaml");
        assertThat(after.tree().at("/training/dataset").asText()).isEqualTo("shapes");
        assertThat(after.tree().at("/training/epochs")).isEqualTo(before.tree().at("/training/epochs"));
        assertThat(after.tree().at("/space")).isEqualTo(before.tree().at("/space"));
    }

    @Test
    void shouldSayWhichFileAndWhichLineCannotBeRead() throws Exception {
        Path file = Files.writeString(directory.resolve("bad.yaml"), "a: 1\nb: [1, 2\nc: 3\n");

        assertThatThrownBy(() -> TreeFile.read(SESSION, directory.resolve("none.yaml")))
                .hasMessageContaining("none.yaml");
        assertThatThrownBy(() -> TreeFile.read(SESSION, file).tree())
                .hasMessageContaining("bad.yaml")
                .hasMessageContaining("line");
    }
}
