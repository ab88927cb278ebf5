package io.trialstream.contracts.study;

import static io.trialstream.contracts.study.StudyFiles.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProgramDefinitionTest {
    private static final Path BASE = Path.of("/home/me");

    private static ProgramDefinition read(Object... fields) {
        return ProgramDefinition.read("mlp", object(fields), BASE);
    }

    @Test
    void shouldFillInItsDefaults() {
        ProgramDefinition program = read("command", "python train.py");

        assertThat(program.start())
                .isEqualTo(new ProgramDefinition.Start(
                        List.of("python", "train.py"), BASE, Map.of(), List.of(), Optional.empty()));
        assertThat(program.pass()).isEqualTo(PassMode.JSON);
        assertThat(program.metrics()).isEmpty();
        assertThat(program.memoryMebibytes()).isEmpty();
    }

    @Test
    void shouldReadWhatItWrites() {
        ProgramDefinition program = read(
                "command",
                List.of("sh", "-c", "exit 0"),
                "directory",
                "mlp",
                "environment",
                object("OMP_NUM_THREADS", 1),
                "passEnvironment",
                List.of("HF_HOME"),
                "python",
                ".venv",
                "pass",
                "hydra",
                "metrics",
                object(
                        "acc", object("regex", "acc=([0-9.]+)"),
                        "loss", object("file", "result.json", "pointer", "/loss"),
                        "f1", object("tensorboard", "runs", "tag", "val/f1")),
                "memoryMebibytes",
                512);

        assertThat(program.start().python()).contains(Path.of("/home/me/mlp/.venv"));
        assertThat(program.start().environment()).containsEntry("OMP_NUM_THREADS", "1");
        assertThat(program.memoryMebibytes()).isEqualTo(OptionalInt.of(512));
        assertThat(program.metrics()).containsKeys("acc", "loss", "f1");
        assertThat(ProgramDefinition.read("mlp", program.toTree(), Path.of("/elsewhere")))
                .isEqualTo(program);
    }

    @Test
    void shouldNameEverythingThatIsWrong() {
        assertThatThrownBy(() -> read(
                        "directory",
                        "x",
                        "pass",
                        "flag",
                        "metrics",
                        object(
                                "a", object("regex", "acc=[0-9.]+"),
                                "b", object("regex", "("),
                                "c", object("file", "r.json", "pointer", "acc"),
                                "d", object("column", 3)),
                        "gpu",
                        true))
                .hasMessageContaining("mlp.command: is required")
                .hasMessageContaining("mlp.pass: must be one of json, flags, hydra, env")
                .hasMessageContaining("mlp.metrics.a.regex: needs a group")
                .hasMessageContaining("mlp.metrics.b.regex: is no regular expression")
                .hasMessageContaining("mlp.metrics.c.pointer: must begin with /")
                .hasMessageContaining("mlp.metrics.d")
                .hasMessageContaining("mlp.gpu: unknown field");
        assertThatThrownBy(() -> ProgramDefinition.read("../mlp", Map.of("command", "x"), BASE))
                .hasMessageContaining("letters, digits");
        assertThatThrownBy(() -> read("command", "python 'train.py")).hasMessageContaining("is not closed");
        assertThatThrownBy(() -> read("command", " ")).hasMessageContaining("is empty");
    }

    @Test
    void shouldSplitACommandAsAShellDoes() {
        assertThat(CommandWords.of(" python  train.py --name 'a b' \"c 'd'\" e\\ f '' "))
                .containsExactly("python", "train.py", "--name", "a b", "c 'd'", "e f", "");
        assertThat(CommandWords.of("'a\\b' \"a\\\"b\" x$HOME|y")).containsExactly("a\\b", "a\"b", "x$HOME|y");
    }
}
