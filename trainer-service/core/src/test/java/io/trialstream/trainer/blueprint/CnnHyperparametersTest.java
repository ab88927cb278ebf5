package io.trialstream.trainer.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.contracts.study.CnnTraining;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the seed left open: each key alone, absent, as none, and wrong. */
class CnnHyperparametersTest {

    @Test
    void shouldBeTheSeedsWithoutFurtherKeys() {
        CnnHyperparameters seed = CnnHyperparameters.from(PublishedConfigurations.demo());

        assertThat(seed.schedule()).isEqualTo(new LearningRateSchedule.Constant());
        assertThat(seed.weightInit()).isEqualTo(WeightInit.GLOROT_UNIFORM);
        assertThat(seed.labelSmoothing()).isZero();
        assertThat(seed.cropPadding()).isZero();
        assertThat(seed.widthMultiplier()).isEqualTo(1);
        Map<String, Object> nones = new HashMap<>();
        nones.put("lr_schedule", null);
        nones.put("label_smoothing", null);
        nones.put("crop_padding", null);
        assertThat(with(nones)).isEqualTo(seed);
    }

    /** What studies are refused for, when a key is missing, is what a configuration really needs. */
    @Test
    void shouldNeedExactlyTheKeysThatStudiesMustHave() {
        Map<String, Object> demo = PublishedConfigurations.demo();

        assertThat(CnnTraining.REQUIRED_KEYS)
                .hasSize(19)
                .doesNotHaveDuplicates()
                .isSubsetOf(demo.keySet())
                .allSatisfy(key -> {
                    Map<String, Object> without = new HashMap<>(demo);
                    without.remove(key);
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> CnnHyperparameters.from(without))
                            .withMessageContaining("'" + key + "'");
                });
        Map<String, Object> only = new HashMap<>(demo);
        only.keySet().retainAll(CnnTraining.REQUIRED_KEYS);
        assertThat(CnnHyperparameters.from(only)).isEqualTo(CnnHyperparameters.from(demo));
    }

    @Test
    void shouldReadWhatTheSeedLeftOpen() {
        CnnHyperparameters read = with(Map.of(
                "lr_schedule",
                Map.of("one_cycle", Map.of("warmup", 0.3)),
                "label_smoothing",
                0.1,
                "crop_padding",
                4.0,
                "weight_init",
                "lecun_normal",
                "activation",
                "selu",
                "width_factor",
                0.5));

        assertThat(read.schedule()).isEqualTo(new LearningRateSchedule.OneCycle(0.3));
        assertThat(read.labelSmoothing()).isEqualTo(0.1);
        assertThat(read.cropPadding()).isEqualTo(4);
        assertThat(read.weightInit()).isEqualTo(WeightInit.LECUN_NORMAL);
        assertThat(read.activation()).isEqualTo(Activation.SELU);
        assertThat(read.widthMultiplier()).isEqualTo(0.5);
        assertThat(with(Map.of("lr_schedule", "constant")).schedule()).isEqualTo(new LearningRateSchedule.Constant());
    }

    @Test
    void shouldNameTheKeyThatItDoesNotKnowHowToRead() {
        assertWrong("lr_schedule", "staircase");
        assertWrong("lr_schedule", Map.of("two_cycle", Map.of("warmup", 0.3)));
        assertWrong("lr_schedule", Map.of("one_cycle", Map.of("warmup", 1.0)));
        assertWrong("lr_schedule", Map.of("one_cycle", 0.3));
        assertWrong("label_smoothing", 1.0);
        assertWrong("label_smoothing", "some");
        assertWrong("crop_padding", -1);
        assertWrong("weight_init", "zeros");
        assertWrong("activation", "gelu");
        assertWrong("width_factor", 0);
    }

    @Test
    void shouldDropAlphaWiseInSeluNetworksOnly() {
        assertThat(dropouts("selu")).isNotEmpty().allMatch(BlueprintLayer.Dropout::alpha);
        assertThat(dropouts("elu")).isNotEmpty().noneMatch(BlueprintLayer.Dropout::alpha);
    }

    @Test
    void shouldMultiplyBothWidthFactors() {
        CnnHyperparameters narrow = with(Map.of("width_factor", 0.5));

        assertThat(blueprint(narrow, 0.4)).isEqualTo(blueprint(with(Map.of()), 0.2));
    }

    @Test
    void shouldFollowItsSchedules() {
        LearningRateSchedule oneCycle = new LearningRateSchedule.OneCycle(0.25);
        assertThat(oneCycle.factor(0, 100)).isEqualTo(0.04, offset(1e-12));
        assertThat(oneCycle.factor(25, 100)).isEqualTo(1, offset(1e-12));
        assertThat(oneCycle.factor(99, 100)).isBetween(0.0, 0.001);
        LearningRateSchedule cosine = new LearningRateSchedule.Cosine();
        assertThat(cosine.factor(0, 100)).isEqualTo(1);
        assertThat(cosine.factor(25, 100)).isEqualTo((1 + Math.sqrt(0.5)) / 2, offset(1e-12));
        assertThat(cosine.factor(99, 100)).isBetween(0.0, 0.001);
    }

    private static List<BlueprintLayer.Dropout> dropouts(String activation) {
        return blueprint(with(Map.of("activation", activation)), 0.2).layers().stream()
                .filter(BlueprintLayer.Dropout.class::isInstance)
                .map(BlueprintLayer.Dropout.class::cast)
                .toList();
    }

    private static NetworkBlueprint blueprint(CnnHyperparameters parameters, double widthFactor) {
        return CnnBlueprint.of(parameters, widthFactor, List.of(3, 32, 32), 100, 20);
    }

    private static CnnHyperparameters with(Map<String, Object> more) {
        Map<String, Object> configuration = PublishedConfigurations.demo();
        configuration.putAll(more);
        return CnnHyperparameters.from(configuration);
    }

    private static void assertWrong(String key, Object value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(Map.of(key, value)))
                .withMessageContaining(value instanceof Map<?, ?> ? "one_cycle" : "'" + key + "'");
    }
}
