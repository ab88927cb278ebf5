package io.trialstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.CnnBlueprint;
import io.trialstream.trainer.blueprint.CnnHyperparameters;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.blueprint.WeightInit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainNetworkTest {
    private static final NetworkBlueprint DEMO =
            CnnBlueprint.of(CnnHyperparameters.from(PublishedConfigurations.demo()), 0.1, List.of(3, 16, 16), 10, 2);

    private final Map<String, Tensor> weights = InitialWeights.of(DEMO, WeightInit.HE_NORMAL, 1);

    @Test
    void shouldEndAtTheLayerThatWasAskedForAndHaveNothingThatDiffersInTraining() {
        PlainNetwork plain = PlainNetwork.upTo("stage2_res1_add", DEMO, weights);

        List<BlueprintLayer> layers = plain.blueprint().layers();
        assertThat(layers.get(layers.size() - 1).name()).isEqualTo("stage2_res1_add");
        assertThat(layers)
                .noneMatch(BlueprintLayer.Dropout.class::isInstance)
                .noneMatch(BlueprintLayer.BatchNormalization.class::isInstance)
                .noneMatch(layer -> layer.name().startsWith("stage2_res2"));
        assertThat(plain.weights().values().stream()
                        .mapToLong(tensor -> tensor.values().length)
                        .sum())
                .isEqualTo(plain.blueprint().parameters());
    }

    @Test
    void shouldKeepWhatComesAfterANormalisationReadingIt() {
        PlainNetwork plain = PlainNetwork.upTo("stage1_res2_add", DEMO, weights);

        assertThat(plain.blueprint().layer("stage1_res2_conv").inputs())
                .as("behind a dropout that is gone")
                .containsExactly("stage1_res1_bn");
        assertThat(plain.blueprint().layer("stage1_res1_bn")).isInstanceOf(BlueprintLayer.Convolution.class);
    }

    @Test
    void shouldNormaliseByTheRunningStatistics() {
        int channels = DEMO.layer("stage1_res1_bn").outputShape().get(0);
        weights.get("stage1_res1_bn/gamma").values()[1] = 2;
        weights.get("stage1_res1_bn/beta").values()[1] = 0.5f;
        weights.get("stage1_res1_bn/mean").values()[1] = 3;
        weights.get("stage1_res1_bn/variance").values()[1] = 0.249f;

        PlainNetwork plain = PlainNetwork.upTo("stage1_res2_add", DEMO, weights);

        // 2 (x - 3) / sqrt(0.25) + 0.5 = 4 x - 11.5
        float[] kernel = plain.weights().get("stage1_res1_bn/kernel").values();
        assertThat(kernel[channels + 1]).isCloseTo(4, offset(1e-5f));
        assertThat(kernel[channels]).isZero();
        assertThat(plain.weights().get("stage1_res1_bn/bias").values()[1]).isCloseTo(-11.5f, offset(1e-5f));
    }
}
