package io.trialstream.trainer.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProgramReportTest {

    @Test
    void shouldReadEveryReport() {
        assertThat(ProgramReport.read("{\"type\": \"begin\", \"protocol\": 1, \"library\": \"x\"}"))
                .isEqualTo(new ProgramReport.Begin(1));
        assertThat(ProgramReport.read("{\"type\": \"epoch\", \"epoch\": 3, \"metrics\": {\"acc\": 0.5, \"ok\": true}}"))
                .isEqualTo(new ProgramReport.Epoch(OptionalInt.of(3), Map.of("acc", 0.5, "ok", 1.0)));
        assertThat(ProgramReport.read("{\"type\": \"checkpoint\"}"))
                .isEqualTo(new ProgramReport.Checkpoint(OptionalInt.empty()));
        assertThat(ProgramReport.read("{\"type\": \"artifact\", \"name\": \"a.pt\"}"))
                .isEqualTo(new ProgramReport.Artifact("a.pt"));
        assertThat(ProgramReport.read("{\"type\": \"infeasible\", \"reason\": \"too wide\"}"))
                .isEqualTo(new ProgramReport.Infeasible("too wide"));
        assertThat(ProgramReport.read("{\"type\": \"done\"}")).isEqualTo(new ProgramReport.Done(Map.of()));
        assertThat(ProgramReport.read("{\"type\": \"progress\"}")).isEqualTo(new ProgramReport.Unknown("progress"));
    }

    @Test
    void shouldReadWhatIsNoNumberAsNaN() {
        for (String value : new String[] {"NaN", "-Infinity", "null", "\"nan\"", "\"Infinity\""}) {
            ProgramReport.Epoch epoch = (ProgramReport.Epoch)
                    ProgramReport.read("{\"type\": \"epoch\", \"metrics\": {\"acc\": " + value + "}}");
            assertThat(Double.isFinite(epoch.metrics().get("acc"))).as(value).isFalse();
        }
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProgramReport.read("epoch 3"))
                .withMessageContaining("no JSON");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProgramReport.read("{}"))
                .withMessageContaining("no type");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProgramReport.read("{\"type\": \"epoch\", \"epoch\": 1.5}"))
                .withMessageContaining("whole number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProgramReport.read("{\"type\": \"epoch\", \"metrics\": [1]}"))
                .withMessageContaining("object of numbers");
    }
}
