package io.trialstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.WeightInit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialWeightsTest {

    /** fan_in 8 * 9 = 72, fan_out 32 * 9 = 288. */
    private static final NetworkBlueprint BLUEPRINT = NetworkBlueprint.of(
            List.of(8, 6, 6),
            List.of(
                    new BlueprintLayer.Input("input", List.of(8, 6, 6)),
                    new BlueprintLayer.Convolution(
                            "conv", List.of("input"), List.of(32, 6, 6), 32, 3, 1, Activation.RELU, 0, 2336),
                    new BlueprintLayer.BatchNormalization("bn", List.of("conv"), List.of(32, 6, 6), 128),
                    new BlueprintLayer.Flatten("flatten", List.of("bn"), List.of(1152)),
                    new BlueprintLayer.Head(
                            "head", List.of("flatten"), List.of(10), 10, Activation.SOFTMAX, 1, 0, 11530)));

    /** 2,304 draws: a standard deviation is met within 5 %. */
    @ParameterizedTest
    @CsvSource({
        "GLOROT_UNIFORM, 0.07454, 0.12910",
        "GLOROT_NORMAL, 0.07454, 0.16947",
        "HE_UNIFORM, 0.16667, 0.28868",
        "HE_NORMAL, 0.16667, 0.37895",
        "LECUN_NORMAL, 0.11785, 0.26796"
    })
    void shouldHaveKerasSpreadAndBound(WeightInit rule, double deviation, double bound) {
        Tensor kernel = InitialWeights.of(BLUEPRINT, rule, 3).get("conv/kernel");
        double squares = 0;
        double greatest = 0;
        for (float value : kernel.values()) {
            squares += value * value;
            greatest = Math.max(greatest, Math.abs(value));
        }

        assertThat(kernel.shape()).containsExactly(32, 8, 3, 3);
        assertThat(Math.sqrt(squares / kernel.values().length)).isCloseTo(deviation, offset(0.05 * deviation));
        assertThat(greatest).isBetween(0.97 * bound, bound + 1e-4);
    }

    @Test
    void shouldNameEveryParameterOnce() {
        Map<String, Tensor> weights = InitialWeights.of(BLUEPRINT, WeightInit.HE_NORMAL, 3);

        assertThat(weights)
                .containsOnlyKeys(
                        "conv/kernel",
                        "conv/bias",
                        "bn/gamma",
                        "bn/beta",
                        "bn/mean",
                        "bn/variance",
                        "head/kernel",
                        "head/bias");
        assertThat(weights.values().stream()
                        .mapToLong(tensor -> tensor.values().length)
                        .sum())
                .isEqualTo(BLUEPRINT.parameters());
        assertThat(weights.get("head/kernel").shape()).containsExactly(1152, 10);
        assertThat(weights.get("bn/variance").values()).containsOnly(1);
        assertThat(weights.get("bn/mean").values()).containsOnly(0);
    }

    @Test
    void shouldDependOnItsSeedOnly() {
        float[] once = InitialWeights.of(BLUEPRINT, WeightInit.HE_NORMAL, 3)
                .get("head/kernel")
                .values();

        assertThat(InitialWeights.of(BLUEPRINT, WeightInit.HE_NORMAL, 3)
                        .get("head/kernel")
                        .values())
                .isEqualTo(once);
        assertThat(InitialWeights.of(BLUEPRINT, WeightInit.HE_NORMAL, 4)
                        .get("head/kernel")
                        .values())
                .isNotEqualTo(once);
    }
}
