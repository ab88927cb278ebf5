package io.trialstream.trainer.sleep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.contracts.study.Protocol;
import io.trialstream.contracts.study.SleepTraining;
import io.trialstream.contracts.study.TrainingSettings;
import io.trialstream.trainer.workload.EpochMetrics;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.WorkloadRun;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SleepWorkloadTest {
    private final SleepWorkload workload = new SleepWorkload();

    @Test
    void shouldRiseToTheObjectiveOfTheConfiguration() {
        // Given
        Map<String, Object> configuration = Map.of("rate", 0.1, "optimizer", "Adam");
        WorkloadRun run = workload.start(request(configuration, new SleepTraining(5, Duration.ZERO)));

        // When
        List<EpochMetrics> epochs =
                IntStream.rangeClosed(1, 5).mapToObj(run::trainEpoch).toList();

        // Then
        assertThat(epochs)
                .extracting(epoch -> epoch.metrics().get("objective"))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(epochs.get(4).metrics()).containsEntry("objective", SleepObjective.of(configuration));
        assertThat(epochs).allSatisfy(epoch -> assertThat(epoch.metrics().get("loss"))
                .isEqualTo(1 - epoch.metrics().get("objective")));
    }

    @Test
    void shouldReportTheMetricsThatItNames() {
        WorkloadRun run = workload.start(request(Map.of("x", 1), new SleepTraining(1, Duration.ZERO)));

        assertThat(run.trainEpoch(1).metrics()).containsOnlyKeys(SleepTraining.METRICS);
        assertThat(workload.capability().metrics()).isEqualTo(SleepTraining.METRICS);
    }

    @Test
    void shouldFollowTheWrittenFormula() {
        // CRC-32("x") = 0x8cdc1683, from another implementation (zlib); asinh(1) = ln(1 + sqrt 2)
        double x = (1 + Math.cos(Math.log(1 + Math.sqrt(2)) - 2 * Math.PI * (0x8cdc1683L / 4294967296.0))) / 2;
        assertThat(SleepObjective.of(Map.of("x", 1))).isEqualTo(x, within(1e-12));
        assertThat(SleepObjective.of(Map.of("x", -1))).isNotEqualTo(x);
    }

    @Test
    void shouldHaveAnObjectiveForEveryFiniteNumber() {
        assertThat(DoubleStream.of(1e99, 1e101, 1.4e154, 1e300, Double.MAX_VALUE, -1e200, 5e-324, 0)
                        .map(x -> SleepObjective.of(Map.of("x", x))))
                .allSatisfy(value -> assertThat(value).isBetween(0.0, 1.0));
        // asinh(x) = ln x + ln 2 for large x; both formulas agree where they meet.
        double unit = 2 * Math.PI * (0x8cdc1683L / 4294967296.0);
        assertThat(SleepObjective.of(Map.of("x", 1e200)))
                .isEqualTo((1 + Math.cos(200 * Math.log(10) + Math.log(2) - unit)) / 2, within(1e-9));
        assertThat(SleepObjective.of(Map.of("x", Math.nextDown(1e100))))
                .isEqualTo(SleepObjective.of(Map.of("x", 1e100)), within(1e-9));
    }

    @Test
    void shouldNotDependOnTheOrderOfKeysNorOnTheKindOfNumber() {
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("a", 100);
        ordered.put("b", List.of("p", 2));
        ordered.put("c", null);
        Map<String, Object> reversed = new LinkedHashMap<>();
        reversed.put("c", null);
        reversed.put("b", List.of("p", 2.0));
        reversed.put("a", 100.0);
        assertThat(SleepObjective.of(ordered)).isEqualTo(SleepObjective.of(reversed));
    }

    @Test
    void shouldBeSmoothAndWithinUnitRange() {
        double[] values = DoubleStream.iterate(0.001, x -> x < 500, x -> x * 1.02)
                .map(x -> SleepObjective.of(Map.of("x", x)))
                .toArray();
        assertThat(Arrays.stream(values).boxed())
                .allSatisfy(value -> assertThat(value).isBetween(0.0, 1.0));
        double largestStep = IntStream.range(1, values.length)
                .mapToDouble(i -> Math.abs(values[i] - values[i - 1]))
                .max()
                .orElseThrow();
        assertThat(largestStep).isLessThan(0.011);
        assertThat(Arrays.stream(values).max().orElseThrow()
                        - Arrays.stream(values).min().orElseThrow())
                .isGreaterThan(0.5);
    }

    @Test
    void shouldStopSleepingWhenInterrupted() {
        WorkloadRun run = workload.start(request(Map.of(), new SleepTraining(1, Duration.ofHours(1))));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> run.trainEpoch(1)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldRefuseAnotherWorkloadsSettings() {
        TrainingSettings settings = new CnnTraining("shapes", 1, Protocol.HONEST, 0, 0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> workload.start(request(Map.of(), settings)))
                .withMessageContaining("cifar-cnn");
    }

    private static TrialRequest request(Map<String, Object> configuration, TrainingSettings training) {
        return new TrialRequest("study", 0, configuration, training, 1);
    }
}
