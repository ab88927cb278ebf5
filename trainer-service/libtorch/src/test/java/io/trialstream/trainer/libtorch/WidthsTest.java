package io.trialstream.trainer.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.CnnBlueprint;
import io.trialstream.trainer.blueprint.CnnHyperparameters;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import java.util.List;
import org.junit.jupiter.api.Test;

class WidthsTest {

    private static final NetworkBlueprint BEST =
            CnnBlueprint.of(CnnHyperparameters.from(PublishedConfigurations.best()), 1, List.of(3, 32, 32), 100, 20);

    /** 63, 126, 252 filters and 1308 units. */
    @Test
    void shouldPadTheSeedsBestConfiguration() {
        Widths widths = Widths.padded(BEST);

        assertThat(widths.of("input").width()).isEqualTo(4);
        assertThat(BEST.layers().stream()
                        .filter(layer ->
                                layer instanceof BlueprintLayer.Convolution || layer instanceof BlueprintLayer.Dense)
                        .map(layer -> layer.outputShape().get(0) + "/"
                                + widths.of(layer.name()).width())
                        .distinct())
                .contains("63/64", "126/128", "252/256", "1308/1312");
        assertThat(widths.of(CnnBlueprint.FINE_HEAD).isPadded()).isFalse();
    }

    @Test
    void shouldKeepZerosBehindEachPartOfAConcatenation() {
        Channels channels = Channels.concatenated(List.of(Channels.padded(3, 8), Channels.padded(2, 8)));

        assertThat(channels.count()).isEqualTo(5);
        assertThat(channels.width()).isEqualTo(16);
        assertThat(List.of(channels.place(2), channels.place(3), channels.place(4)))
                .containsExactly(2, 8, 9);
    }

    @Test
    void shouldMakeNeighboursOfAFlattenedMapsPixels() {
        Channels channels = Channels.concatenated(List.of(Channels.padded(3, 8), Channels.exact(2)))
                .flattened(4);

        assertThat(channels.count()).isEqualTo(20);
        assertThat(channels.width()).isEqualTo(40);
        assertThat(List.of(channels.place(11), channels.place(12), channels.place(19)))
                .containsExactly(11, 32, 39);
    }

    @Test
    void shouldLeaveAnExactNetworkAsItIs() {
        Widths widths = Widths.exact(BEST);

        assertThat(BEST.layers()).noneMatch(layer -> widths.of(layer.name()).isPadded());
    }

    @Test
    void shouldRefuseToAddWhatLiesDifferently() {
        List<Integer> image = List.of(3, 2, 2);
        NetworkBlueprint blueprint = NetworkBlueprint.of(
                image,
                List.of(
                        new BlueprintLayer.Input("input", image),
                        new BlueprintLayer.Convolution(
                                "conv", List.of("input"), image, 3, 1, 1, Activation.LINEAR, 0, 12),
                        new BlueprintLayer.Add("add", List.of("input", "conv"), image)));

        assertThatThrownBy(() -> Widths.padded(blueprint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("add joins channels that lie differently");
        assertThat(Widths.exact(blueprint).of("add").width()).isEqualTo(3);
    }
}
