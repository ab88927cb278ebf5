package io.trialstream.results.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.study.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeedFileTest {
    private static final Optional<Protocol> HONEST = Optional.of(Protocol.HONEST);

    @Test
    void shouldTakeTheBestOfEachMetricFromTheCurve() {
        List<Map<String, Double>> curve = List.of(
                Map.of("fine_accuracy", 0.5, "fine_loss", 2.0, "train_loss", 3.0),
                Map.of("fine_accuracy", 0.4, "fine_loss", 1.5, "train_loss", 2.5));

        SeedFile file = SeedFile.of(
                        "s:1", Map.of("lr", 1), Map.of("fine_accuracy", 0.5), Map.of("loss", 2.2), curve, HONEST)
                .orElseThrow();

        assertThat(file.fineBestAccuracy()).isEqualTo(0.5);
        assertThat(file.fineBestLoss()).isEqualTo(1.5);
        assertThat(file.loss()).isEqualTo(-0.5);
        assertThat(file.protocol()).isEqualTo("honest");
        assertThat(file.trialId()).isEqualTo("s:1");
        assertThat(file.realLoss()).isEqualTo(2.2);
        assertThat(file.coarseBestAccuracy()).isNull();
        assertThat(file.history().get("val_fine_outputs_acc")).containsExactly(0.5, 0.4);
        assertThat(file.history().get("loss")).containsExactly(3.0, 2.5);
        assertThat(file.history().get("coarse_outputs_acc")).containsExactly(null, null);
    }

    @Test
    void shouldTakeTheTrialsMetricsWhereThereIsNoCurve() {
        SeedFile file = SeedFile.of(
                        "s:1", Map.of(), Map.of("fine_accuracy", 0.5, "fine_loss", 2.0), Map.of(), List.of(), HONEST)
                .orElseThrow();

        assertThat(file.fineBestLoss()).isEqualTo(2.0);
        assertThat(file.history()).hasSize(10).allSatisfy((series, values) -> assertThat(values)
                .isEmpty());
    }

    @Test
    void shouldHaveNamesThatSortAsTheAccuraciesDo() {
        List<String> names = Stream.of(0.0001, 0.05, 0.0999, 0.1, 0.6, 0.61, 0.6121, 0.7, 1.0)
                .map(accuracy -> SeedFile.of(
                                "s:" + accuracy,
                                Map.of(),
                                Map.of("fine_accuracy", accuracy),
                                Map.of(),
                                List.of(),
                                HONEST)
                        .orElseThrow()
                        .fileName())
                .toList();

        assertThat(names).isSorted();
        assertThat(names.get(5)).matches("model_0\\.610000_[0-9a-f]{5}\\.txt\\.json");
    }

    @Test
    void shouldBeNothingForAnotherWorkload() {
        assertThat(SeedFile.of("s:1", Map.of(), Map.of("objective", 0.5), Map.of(), List.of(), HONEST))
                .isEmpty();
    }
}
