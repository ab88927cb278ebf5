package io.trialstream.suggester.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.Capability;
import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.space.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuitabilityTest {
    private static final Capability SLEEP = new Capability("sleep", List.of("loss", "objective"), List.of(), List.of());
    private static final Capability CNN = new Capability(
            "cifar-cnn", CnnTraining.METRICS, CnnTraining.REQUIRED_KEYS, List.of("cifar100", "folder:birds"));

    private static StudySpec sleep(String metric) {
        return spec(metric, Map.of("workload", "sleep"), Map.of("x", Map.of("uniform", List.of(0, 1))));
    }

    private static StudySpec cnn(String dataset, String... withoutKeys) {
        Map<String, Object> space = new LinkedHashMap<>();
        CnnTraining.REQUIRED_KEYS.forEach(key -> space.put(key, Map.of("uniform", List.of(0, 1))));
        List.of(withoutKeys).forEach(space::remove);
        space.put("lr_rate_mul", 1);
        return spec("fine_accuracy", Map.of("workload", "cifar-cnn", "dataset", dataset), space);
    }

    private static StudySpec spec(String metric, Map<String, Object> training, Map<String, Object> space) {
        return StudySpec.read(Map.of(
                "name",
                "s",
                "objective",
                Map.of("metric", metric, "direction", "maximize"),
                "budget",
                Map.of("trials", 1),
                "training",
                training,
                "space",
                space));
    }

    private static PoolKnowledge pool(int ready, Capability... told) {
        return new PoolKnowledge("default", true, ready, told.length == 0 ? List.of() : List.of(List.of(told)));
    }

    private static List<String> problems(StudySpec spec, PoolKnowledge pool) {
        return Suitability.of(spec, pool).problems().stream()
                .map(p -> p.path() + " " + p.code())
                .toList();
    }

    private static List<String> warnings(StudySpec spec, PoolKnowledge pool) {
        return Suitability.of(spec, pool).warnings().stream()
                .map(p -> p.path() + " " + p.code())
                .toList();
    }

    @Test
    void shouldRefuseAMetricThatTheWorkloadDoesNotReport() {
        for (PoolKnowledge pool : List.of(PoolKnowledge.none("default"), pool(0), pool(1, SLEEP))) {
            assertThat(Suitability.of(sleep("objectiv"), pool).problems())
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.path()).isEqualTo("objective.metric");
                        assertThat(problem.message())
                                .contains("did you mean 'objective'?")
                                .contains("known: loss, objective");
                    });
            assertThat(problems(sleep("loss"), pool)).isEmpty();
        }
    }

    @Test
    void shouldTakeTheTrainersWordBeforeItsOwn() {
        Capability newer = new Capability("sleep", List.of("depth"), List.of("y"), List.of());
        Capability free = new Capability("sleep", List.of(), List.of(), List.of());

        assertThat(problems(sleep("depth"), pool(1, newer))).containsExactly("space.y MISSING_FIELD");
        assertThat(problems(sleep("loss"), pool(1, newer)))
                .containsExactly("objective.metric UNKNOWN_VALUE", "space.y MISSING_FIELD");
        assertThat(problems(sleep("anything"), pool(1, free))).isEmpty();
    }

    @Test
    void shouldNameTheMissingKeysAndWhatMayBeMeant() {
        Suitability suitability = Suitability.of(cnn("cifar100", "lr_rate_mult", "optimizer"), pool(1, CNN));

        assertThat(suitability.problems())
                .extracting(Problem::path)
                .containsExactly("space.lr_rate_mult", "space.optimizer");
        assertThat(suitability.problems().get(0).message()).contains("did you mean 'lr_rate_mul'?");
        assertThat(problems(cnn("cifar100"), pool(1, CNN))).isEmpty();
        assertThat(problems(cnn("cifar100", "residual"), PoolKnowledge.none("default")))
                .containsExactly("space.residual MISSING_FIELD");
    }

    @Test
    void shouldRefuseADataSetThatNoTrainerHas() {
        assertThat(problems(cnn("folder:bird"), pool(1, CNN))).containsExactly("training.dataset NOT_OFFERED");
        assertThat(Suitability.of(cnn("folder:bird"), pool(1, CNN))
                        .problems()
                        .get(0)
                        .message())
                .contains("they have cifar100, folder:birds, did you mean 'folder:birds'?");
        assertThat(problems(cnn("folder:birds"), pool(1, CNN))).isEmpty();
    }

    @Test
    void shouldSayHowATrainerGetsADataSetThatIsKnown() {
        assertThat(Suitability.of(cnn("cifar10"), pool(1, CNN)).problems())
                .extracting(Problem::message)
                .containsExactly("no trainer of pool 'default' has the data set 'cifar10'; they have cifar100,"
                        + " folder:birds; a trainer has it once its files are where TRIALSTREAM_DATA names, or can be"
                        + " downloaded");
    }

    @Test
    void shouldRefuseAProgramThatNoTrainerHas() {
        Capability exec = new Capability("exec", List.of(), List.of(), List.of(), List.of("digits"));
        Map<String, Object> space = Map.of("x", Map.of("uniform", List.of(0, 1)));
        StudySpec digit = spec("anything", Map.of("workload", "exec", "program", "digit"), space);
        StudySpec digits = spec("anything", Map.of("workload", "exec", "program", "digits"), space);

        assertThat(Suitability.of(digit, pool(1, exec)).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("training.program");
                    assertThat(problem.code()).isEqualTo("NOT_OFFERED");
                    assertThat(problem.message()).contains("they have digits, did you mean 'digits'?");
                });
        assertThat(problems(digits, pool(1, exec))).isEmpty();
        assertThat(problems(digit, pool(2, exec))).isEmpty();
    }

    @Test
    void shouldRefuseAWorkloadThatNoTrainerRuns() {
        assertThat(problems(sleep("loss"), pool(1, CNN))).containsExactly("training.workload NOT_OFFERED");
    }

    @Test
    void shouldNotRefuseOnGroundsOfTrainersThatHaveNotSpokenYet() {
        assertThat(problems(cnn("folder:bird"), pool(2, CNN))).isEmpty();
        assertThat(problems(sleep("loss"), pool(2, CNN))).isEmpty();
        assertThat(problems(sleep("loss"), new PoolKnowledge("default", false, 1, List.of(List.of(CNN)))))
                .isEmpty();
    }

    @Test
    void shouldWarnOfWhatTheStudyWaitsFor() {
        assertThat(warnings(sleep("loss"), pool(0))).containsExactly("pool NO_TRAINERS");
        assertThat(warnings(cnn("folder:birds"), pool(0)))
                .containsExactly("pool NO_TRAINERS", "training.dataset NOT_KNOWN");
        assertThat(warnings(sleep("loss"), PoolKnowledge.none("default"))).isEmpty();
        assertThat(warnings(cnn("cifar100"), pool(1, CNN))).isEmpty();
    }
}
