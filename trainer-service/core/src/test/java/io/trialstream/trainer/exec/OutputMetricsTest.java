package io.trialstream.trainer.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputMetricsTest {

    private static List<Map<String, Double>> epochs(boolean single, String output) {
        List<Map<String, Double>> epochs = new ArrayList<>();
        EpochCollector collector = new EpochCollector("acc", single, epochs::add);
        OutputMetrics metrics = new OutputMetrics(Map.of(), collector);
        Lines lines = new Lines(1000);
        lines.add(output.getBytes(StandardCharsets.UTF_8), metrics::line);
        lines.finish(metrics::line);
        collector.finish();
        return epochs;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acc=0.5 | 0.5",
                "acc: 0.5, | 0.5",
                "{'acc': 0.5} | 0.5",
                "{\"acc\": .5} | 0.5",
                "acc = -1.2e-3 | -0.0012",
                "acc=+7. | 7",
                "acc=5E+2] | 500",
                "acc=nan | NaN",
                "acc: -Infinity | NaN",
            })
    void shouldReadNumbersAsProgramsWriteThem(String line, double value) {
        assertThat(epochs(true, line)).containsExactly(Map.of("acc", value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"acc=0.5.1", "acc=12s", "acc: 71%", "my-acc=0.5", "acc=", "acc=x", "acc 0.5", "at 10:30 acc"})
    void shouldLeaveAloneWhatIsNoMetric(String line) {
        assertThat(epochs(true, line)).isEmpty();
    }

    @Test
    void shouldPartEpochs() {
        assertThat(epochs(false, "epoch 1 acc=0.1 loss=3\nepoch 2 acc=0.2\n"))
                .containsExactly(Map.of("acc", 0.1, "loss", 3.0), Map.of("acc", 0.2));
        assertThat(epochs(false, "acc=0.1\nloss=3\nacc=0.2\n"))
                .as("without numbers, each value of the objective is one")
                .containsExactly(Map.of("acc", 0.1), Map.of("loss", 3.0, "acc", 0.2));
        assertThat(epochs(false, "Epoch 1/2\nloss: 3\nacc: 0.1\nEpoch 2/2\nloss: 2\nacc: 0.2"))
                .containsExactly(Map.of("loss", 3.0, "acc", 0.1), Map.of("loss", 2.0, "acc", 0.2));
        assertThat(epochs(false, "epoch 1 loss=3\nepoch 1 acc=0.1\nepoch 1 acc=0.9\nepoch 2 loss=2\n"))
                .as("an epoch counts once, and only with the objective")
                .containsExactly(Map.of("loss", 3.0, "acc", 0.1));
        assertThat(epochs(false, "epoch 1: acc=0.1\repoch 1: acc=0.4\nepoch 2: acc=0.5\r"))
                .as("a line that is written over")
                .containsExactly(Map.of("acc", 0.4), Map.of("acc", 0.5));
    }

    @Test
    void shouldCountTheLastValuesOfATrialWithOneEpoch() {
        assertThat(epochs(true, "epoch 1 acc=0.1\nepoch 2 acc=0.3\ntest loss: 2\n"))
                .containsExactly(Map.of("acc", 0.3, "loss", 2.0));
    }
}
