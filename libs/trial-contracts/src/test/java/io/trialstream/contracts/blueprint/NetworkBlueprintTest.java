package io.trialstream.contracts.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkBlueprintTest {

    private static final List<BlueprintLayer> LAYERS = List.of(
            new BlueprintLayer.Input("input", List.of(3, 8, 8)),
            new BlueprintLayer.Convolution(
                    "conv", List.of("input"), List.of(4, 8, 8), 4, 3, 1, Activation.ELU, 0.0007, 112),
            new BlueprintLayer.BatchNormalization("bn", List.of("conv"), List.of(4, 8, 8), 16),
            new BlueprintLayer.Add("add", List.of("conv", "bn"), List.of(4, 8, 8)),
            new BlueprintLayer.Concatenate("concat", List.of("conv", "add"), List.of(8, 8, 8)),
            new BlueprintLayer.Pooling(
                    "pool", List.of("concat"), List.of(8, 4, 4), BlueprintLayer.Pooling.Kind.AVG, 2, 2, false),
            new BlueprintLayer.Dropout("dropout", List.of("pool"), List.of(8, 4, 4), 0.25),
            new BlueprintLayer.Flatten("flatten", List.of("dropout"), List.of(128)),
            new BlueprintLayer.Dense("dense", List.of("flatten"), List.of(10), 10, Activation.RELU, 0.0007, 1290),
            new BlueprintLayer.Head("fine", List.of("dense"), List.of(2), 2, Activation.SOFTMAX, 1.0, 0.0007, 22));

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void shouldReadWhatItWrote() throws Exception {
        NetworkBlueprint blueprint = NetworkBlueprint.of(List.of(3, 8, 8), LAYERS);

        assertThat(json.readValue(json.writeValueAsString(blueprint), NetworkBlueprint.class))
                .isEqualTo(blueprint);
    }

    @Test
    void shouldNameEachLayersTypeInJson() throws Exception {
        JsonNode layers =
                json.valueToTree(NetworkBlueprint.of(List.of(3, 8, 8), LAYERS)).get("layers");

        assertThat(layers)
                .extracting(layer -> layer.get("type").asText())
                .containsExactly(
                        "input",
                        "convolution",
                        "batch-normalization",
                        "add",
                        "concatenate",
                        "pooling",
                        "dropout",
                        "flatten",
                        "dense",
                        "head");
        assertThat(layers.get(1).get("activation").asText()).isEqualTo("elu");
        assertThat(layers.get(5).get("kind").asText()).isEqualTo("avg");
    }

    @Test
    void shouldTolerateFieldsItDoesNotKnow() throws Exception {
        NetworkBlueprint read = json.readValue(
                """
                {"schemaVersion": 1, "inputShape": [3, 8, 8], "parameters": 0, "trainableParameters": 0, "later": true,
                 "layers": [{"type": "input", "name": "input", "outputShape": [3, 8, 8], "later": 1}]}""",
                NetworkBlueprint.class);

        assertThat(read.layers()).containsExactly(new BlueprintLayer.Input("input", List.of(3, 8, 8)));
    }

    @Test
    void shouldCountRunningStatisticsAsNotTrained() {
        NetworkBlueprint blueprint = NetworkBlueprint.of(List.of(3, 8, 8), LAYERS);

        assertThat(blueprint.parameters()).isEqualTo(112 + 16 + 1290 + 22);
        assertThat(blueprint.trainableParameters()).isEqualTo(112 + 8 + 1290 + 22);
    }

    @Test
    void shouldRefuseALayerThatReadsALaterOne() {
        List<BlueprintLayer> reversed = List.of(LAYERS.get(1), LAYERS.get(0));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkBlueprint.of(List.of(3, 8, 8), reversed))
                .withMessageContaining("conv");
    }

    @Test
    void shouldRefuseTwoLayersOfOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkBlueprint.of(List.of(3, 8, 8), List.of(LAYERS.get(0), LAYERS.get(0))))
                .withMessageContaining("input");
    }
}
