package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.cli.stack.Installation;
import io.trialstream.cli.view.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramOptionTest {
    private static final Session SESSION =
            new Session(new Terminal(System.out, false, 80), new Installation(Path.of("")));

    @TempDir
    Path directory;

    private ProgramOption option;

    @BeforeEach
    void inDirectory() {
        option = new ProgramOption(SESSION, directory);
    }

    @Test
    void shouldStartACommandWhereTheUserIs() {
        assertThat(option.definitions(Map.of("mlp", "python train.py --data 'my data'"))
                        .get("mlp"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("command", List.of("python", "train.py", "--data", "my data"))
                .containsEntry("directory", directory.toString())
                .containsEntry("pass", "json");
    }

    @Test
    void shouldReadTheDefinitionInAFolder() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("digits"));
        Files.writeString(folder.resolve("trialstream.yaml"), "command: python train.py\npython: .venv\npass: flags\n");

        assertThat(option.definitions(Map.of("digits", "digits")).get("digits"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("directory", folder.toString())
                .containsEntry("python", folder.resolve(".venv").toString())
                .containsEntry("pass", "flags");
    }

    @Test
    void shouldSayWhatIsWrong() throws IOException {
        Files.createDirectory(directory.resolve("empty"));
        Path odd = Files.createDirectory(directory.resolve("odd"));
        Files.writeString(odd.resolve("trialstream.yaml"), "comand: python\n");

        assertThatThrownBy(() -> option.definitions(Map.of("a", "empty"))).hasMessageContaining("trialstream.yaml");
        assertThatThrownBy(() -> option.definitions(Map.of("a", "odd")))
                .hasMessageContaining("a.command: is required")
                .hasMessageContaining("did you mean 'command'?");
        assertThatThrownBy(() -> option.definitions(Map.of("a b", "python train.py")))
                .hasMessageContaining("letters, digits");
        Files.writeString(odd.resolve("trialstream.yaml"), "- python\n");
        assertThatThrownBy(() -> option.definitions(Map.of("a", "odd"))).hasMessageContaining("must be an object");
    }
}
