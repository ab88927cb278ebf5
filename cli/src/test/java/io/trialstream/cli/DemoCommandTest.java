package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.ScriptedServer.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a demo refuses, and that it has then started and written nothing. */
class DemoCommandTest {
    @TempDir
    Path home;

    @BeforeEach
    void copyTheStudy() throws IOException {
        Files.createDirectory(home.resolve("studies"));
        Files.copy(Path.of("../studies/demo.yaml"), home.resolve("studies/demo.yaml"));
    }

    @Test
    void shouldRefuseADataSetThatNobodyKnows() throws IOException {
        Ran demo = ScriptedServer.run(home, "", "demo", "--exit", "--dataset", "cifar-100");

        assertThat(demo.exitCode()).isEqualTo(2);
        assertThat(demo.err()).contains("training.dataset", "cifar100").doesNotContain("\tat ");
        assertNothingWasDone(demo);
    }

    @Test
    void shouldRefuseToTrainWithoutTrainers() throws IOException {
        Ran demo = ScriptedServer.run(home, "", "demo", "--trainers", "0");

        assertThat(demo.exitCode()).isEqualTo(2);
        assertThat(demo.err().strip()).isEqualTo("a demo needs trainers: --trainers must be at least 1, got 0");
        assertNothingWasDone(demo);
    }

    @Test
    void shouldRefuseAFileThatIsNoStudy() throws IOException {
        Path list = Files.writeString(home.resolve("list.yaml"), "- a\n- b\n");
        Path empty = Files.writeString(home.resolve("empty.yaml"), "name: x\n");

        Ran noObject = ScriptedServer.run(home, "", "demo", "--study", list.toString());
        Ran incomplete = ScriptedServer.run(home, "", "demo", "--study", empty.toString());

        assertThat(noObject.exitCode()).isEqualTo(2);
        assertThat(noObject.err()).contains("list.yaml").doesNotContain("\tat ");
        assertThat(incomplete.exitCode()).isEqualTo(2);
        assertThat(incomplete.err()).contains("empty.yaml", "objective").doesNotContain("\tat ");
        Files.delete(list);
        Files.delete(empty);
        assertNothingWasDone(incomplete);
    }

    private void assertNothingWasDone(Ran demo) throws IOException {
        assertThat(demo.out()).isEmpty();
        try (Stream<Path> children = Files.list(home)) {
            assertThat(children).containsExactly(home.resolve("studies"));
        }
    }
}
