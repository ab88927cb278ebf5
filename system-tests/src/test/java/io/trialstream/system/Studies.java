package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The studies that system tests run, and what must hold of them whatever died meanwhile. */
final class Studies {
    private Studies() {}

    /** A study whose trials sleep through their epochs. */
    static String sleeping(int trials, int epochs, Duration epoch) {
        return """
                name: sleep-%s
                objective: { metric: objective, direction: maximize }
                sampler: { type: hyperopt, seed: 42, startupTrials: 4 }
                budget: { trials: %d }
                training: { workload: sleep, epochs: %d, epochDuration: %s }
                space:
                  lr: { loguniform: [-5, 0] }
                  units: { quniform: [10, 100, 10] }
                  optimizer: { choice: [adam, sgd] }
                """
                .formatted(suffix(), trials, epochs, epoch);
    }

    /** A study of {@code sleep} trials that the sampler draws at random, the first ones with these fates. */
    static String fateful(int trials, int epochs, Duration epoch, String... fates) {
        String enqueue = Stream.of(fates)
                .map(fate -> "{ x: 0.5, fate: " + fate + " }")
                .collect(Collectors.joining(", ", "[", "]"));
        return """
                name: fateful-%s
                objective: { metric: objective, direction: maximize }
                sampler: { type: random, seed: 42 }
                budget: { trials: %d }
                training: { workload: sleep, epochs: %d, epochDuration: %s }
                enqueue: %s
                space:
                  x: { uniform: [0, 1] }
                  fate: { pchoice: [[0.999998, none], [0.000001, kill], [0.000001, hang]] }
                """
                .formatted(suffix(), trials, epochs, epoch, enqueue);
    }

    /** A study of the seed's network, small, on the generated data set. */
    static String cnn(int trials, int epochs) {
        return """
                name: cnn-%s
                objective: { metric: fine_accuracy, direction: maximize }
                sampler: { type: random, seed: 42 }
                budget: { trials: %d }
                training: { workload: cifar-cnn, dataset: shapes, epochs: %d, subset: { train: 400, validation: 100 }, widthFactor: 0.1 }
                space:
                  lr_rate_mult: { loguniform: [-0.5, 0.5] }
                  l2_weight_reg_mult: 1.0
                  batch_size: { quniform: [100, 200, 5] }
                  optimizer: Nadam
                  coarse_labels_weight: { uniform: [0.1, 0.7] }
                  conv_dropout_drop_proba: 0.1
                  fc_dropout_drop_proba: 0.1
                  use_BN: true
                  first_conv: 3
                  residual: 1
                  conv_hiddn_units_mult: 1.0
                  nb_conv_pool_layers: 2
                  conv_pool_res_start_idx: 0
                  pooling_type: max
                  conv_kernel_size: 3
                  res_conv_kernel_size: 3
                  fc_units_1_mult: 1.0
                  one_more_fc: null
                  activation: relu
                """
                .formatted(suffix(), trials, epochs);
    }

    /** Waits until this trainer trains a trial of the study, at this epoch or later, and answers the trial's number. */
    static int awaitTraining(Api api, String study, String trainer, int epoch) {
        AtomicInteger found = new AtomicInteger();
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    List<JsonNode> trials = api.trials(study);
                    assertThat(trials).anySatisfy(trial -> {
                        assertThat(trial.get("state").asText()).isEqualTo("RUNNING");
                        assertThat(trial.path("trainerId").asText()).isEqualTo(trainer);
                        assertThat(trial.get("epochs").asInt()).isGreaterThanOrEqualTo(epoch);
                        found.set(trial.get("number").asInt());
                    });
                });
        return found.get();
    }

    /** What the study's trials are by number: their configurations, which nothing may change. */
    static Map<Integer, JsonNode> configurations(Api api, String study) {
        return api.trials(study).stream()
                .collect(Collectors.toMap(
                        trial -> trial.get("number").asInt(), trial -> trial.get("configuration"), (a, b) -> a));
    }

    /** Every trial of the budget exists once, is COMPLETED, and has its own evidence number: no gap, nothing twice. */
    static void assertWhole(Api api, String study, int trials) {
        List<JsonNode> all = api.trials(study);
        assertThat(all)
                .extracting(number("number"))
                .containsExactlyElementsOf(
                        IntStream.range(0, trials).mapToObj(Long::valueOf).toList());
        assertThat(all).extracting(trial -> trial.get("state").asText()).containsOnly("COMPLETED");
        assertThat(all)
                .extracting(number("evidenceNumber"))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, trials).boxed().toList());
        assertThat(api.get("/studies/" + study).at("/trials/completed").asInt()).isEqualTo(trials);
    }

    private static Function<JsonNode, Long> number(String field) {
        return trial -> trial.get(field).asLong();
    }

    private static String suffix() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
