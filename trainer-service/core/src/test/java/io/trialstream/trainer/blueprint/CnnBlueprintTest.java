package io.trialstream.trainer.blueprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.BlueprintLayer.Convolution;
import io.trialstream.contracts.blueprint.BlueprintLayer.Dense;
import io.trialstream.contracts.blueprint.BlueprintLayer.Head;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.workload.InfeasibleException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CnnBlueprintTest {

    private static final List<Integer> IMAGE = List.of(3, 32, 32);

    @Test
    void shouldHaveTheShapesOfTheBestConfiguration() {
        NetworkBlueprint best = blueprint(PublishedConfigurations.best());

        assertThat(shape(best, "first_conv")).containsExactly(16, 32, 32);
        assertThat(shape(best, "stage1_res3_add")).containsExactly(63, 32, 32);
        assertThat(shape(best, "stage1_pool")).containsExactly(63, 16, 16);
        assertThat(shape(best, "stage2_res_bn")).containsExactly(126, 16, 16);
        assertThat(shape(best, "stage3_conv")).containsExactly(252, 8, 8);
        assertThat(shape(best, "stage3_dropout")).containsExactly(252, 4, 4);
        assertThat(shape(best, "flatten")).containsExactly(4032);
        assertThat(shape(best, "dense1")).containsExactly(1308);
        assertThat(shape(best, "fine_outputs")).containsExactly(100);
        assertThat(shape(best, "coarse_outputs")).containsExactly(20);
    }

    /**
     * By hand, batch normalisation with 4 values a channel. First convolution 448. Stage with n filters on c channels:
     * 9cn + n, 4n, three units of (n^2 + n) + (4n^2 + n) + 4n, 4n: 70,308 (63 on 16), 312,984 (126 on 63), 1,245,132
     * (252 on 126). Dense 4033 * 1308 = 5,275,164. Heads 1309 * 100 and 1309 * 20.
     */
    @Test
    void shouldCountTheParametersOfTheBestConfiguration() {
        NetworkBlueprint best = blueprint(PublishedConfigurations.best());

        assertThat(best.parameters()).isEqualTo(448 + 70_308 + 312_984 + 1_245_132 + 5_275_164 + 130_900 + 26_180);
        assertThat(best.parameters() - best.trainableParameters()).isEqualTo(2 * 5 * (63 + 126 + 252));
    }

    /**
     * By hand: first convolution 784; stages 83,401, 342,163 and 1,354,183, of which the inception poolings (17, 33
     * and 65 wide) 12,321, 46,803 and 182,343; dense layers 3121 * 1000 and 1001 * 750; heads 751 * 100 and 751 * 20.
     */
    @Test
    void shouldCountTheParametersOfTheDemoConfiguration() {
        NetworkBlueprint demo = blueprint(PublishedConfigurations.demo());

        assertThat(shape(demo, "stage1_pool_concat")).containsExactly(51, 16, 16);
        assertThat(shape(demo, "stage2_pool_concat")).containsExactly(99, 8, 8);
        assertThat(shape(demo, "stage3_pool_concat")).containsExactly(195, 4, 4);
        assertThat(shape(demo, "flatten")).containsExactly(3120);
        assertThat(demo.layers().stream()
                        .filter(layer -> layer.name().startsWith("stage1_pool"))
                        .mapToLong(BlueprintLayer::parameters)
                        .sum())
                .isEqualTo(12_321);
        assertThat(demo.parameters())
                .isEqualTo(784 + 83_401 + 342_163 + 1_354_183 + 3_121_000 + 750_750 + 75_100 + 15_020);
    }

    @Test
    void shouldWeighHeadsAndRegulariseKernels() {
        NetworkBlueprint best = blueprint(PublishedConfigurations.best());

        assertThat(((Head) best.layer("fine_outputs")).lossWeight()).isEqualTo(1.0);
        assertThat(((Head) best.layer("coarse_outputs")).lossWeight()).isEqualTo(0.3067103474295116);
        double l2 = 0.0007 * 0.41206755600055983;
        assertThat(((Convolution) best.layer("stage1_res1_linear")).l2()).isEqualTo(l2);
        assertThat(((Dense) best.layer("dense1")).l2()).isEqualTo(l2);
        assertThat(((Head) best.layer("coarse_outputs")).l2()).isEqualTo(l2);
    }

    @Test
    void shouldStackAResidualUnitAsTheSeedDoes() {
        NetworkBlueprint best = blueprint(PublishedConfigurations.best());

        assertThat(best.layer("stage1_res2_linear").inputs()).containsExactly("stage1_res1_bn");
        assertThat(best.layer("stage1_res2_dropout").inputs()).containsExactly("stage1_res1_bn");
        assertThat(best.layer("stage1_res2_conv").inputs()).containsExactly("stage1_res2_dropout");
        assertThat(best.layer("stage1_res2_add").inputs()).containsExactly("stage1_res2_linear", "stage1_res2_conv");
        assertThat(((Convolution) best.layer("stage1_res2_linear")).activation())
                .isEqualTo(Activation.LINEAR);
        assertThat(((Convolution) best.layer("stage1_res2_linear")).kernel()).isEqualTo(1);
        assertThat(((Convolution) best.layer("stage1_res2_conv")).kernel()).isEqualTo(2);
        assertThat(best.layer("stage1_res_bn").inputs()).containsExactly("stage1_res3_bn");
    }

    @Test
    void shouldNormaliseTwiceAfterResidualUnitsWithoutBatchNormalisation() {
        NetworkBlueprint blueprint = blueprint(with("use_BN", false));

        assertThat(blueprint.layer("stage1_res_bn1").inputs()).containsExactly("stage1_res4_add");
        assertThat(blueprint.layer("stage1_res_bn").inputs()).containsExactly("stage1_res_bn1");
        assertThat(names(blueprint)).doesNotContain("stage1_conv_bn", "stage1_res1_bn", "stage1_pool_a_bn");
    }

    @Test
    void shouldBeginResidualUnitsAtTheirFirstStage() {
        NetworkBlueprint blueprint = blueprint(with("conv_pool_res_start_idx", 2.0));

        assertThat(names(blueprint))
                .doesNotContain("stage1_res1_add", "stage2_res1_add")
                .contains("stage3_res1_add");
    }

    @Test
    void shouldPoolByConvolution() {
        NetworkBlueprint blueprint = blueprint(with("pooling_type", "all_conv"));

        Convolution pool = (Convolution) blueprint.layer("stage1_pool_conv");
        assertThat(pool.stride()).isEqualTo(2);
        assertThat(pool.kernel()).isEqualTo(3);
        assertThat(pool.activation()).isEqualTo(Activation.LINEAR);
        assertThat(pool.outputShape()).containsExactly(40, 16, 16);
        assertThat(blueprint.layer("stage1_pool_bn").inputs()).containsExactly("stage1_pool_conv");
    }

    @Test
    void shouldLeaveOutWhatIsNull() {
        Map<String, Object> values = PublishedConfigurations.demo();
        List.of("first_conv", "residual", "one_more_fc").forEach(key -> values.put(key, null));

        assertThat(names(blueprint(values))).doesNotContain("first_conv", "stage1_res1_add", "stage1_res_bn", "dense2");
    }

    @Test
    void shouldLeaveOutDropoutAtRateZero() {
        assertThat(names(blueprint(with("conv_dropout_drop_proba", 0.0))))
                .noneMatch(name -> name.startsWith("stage") && name.endsWith("dropout"));
    }

    @ParameterizedTest
    @CsvSource({"2.5, 2", "3.5, 4", "2.51, 3", "1.5, 2"})
    void shouldRoundKernelsHalfToEven(double kernel, int expected) {
        assertThat(((Convolution) blueprint(with("conv_kernel_size", kernel)).layer("stage1_conv")).kernel())
                .isEqualTo(expected);
    }

    /** int(40 * 1.5958 * 0.25) = int(15.96) = 15, doubled from there; int(1000 * 1.3084 * 0.25) = 327. */
    @Test
    void shouldScaleStagesAndDenseLayersByTheWidthFactor() {
        NetworkBlueprint narrow =
                CnnBlueprint.of(CnnHyperparameters.from(PublishedConfigurations.best()), 0.25, IMAGE, 100, 20);

        assertThat(shape(narrow, "first_conv")).containsExactly(16, 32, 32);
        assertThat(shape(narrow, "stage1_conv")).containsExactly(15, 32, 32);
        assertThat(shape(narrow, "stage3_conv")).containsExactly(60, 8, 8);
        assertThat(shape(narrow, "dense1")).containsExactly(327);
        assertThat(shape(narrow, "fine_outputs")).containsExactly(100);
    }

    @Test
    void shouldBeInfeasibleWhenTheFeatureMapIsPooledAway() {
        assertThatThrownBy(() -> CnnBlueprint.of(
                        CnnHyperparameters.from(PublishedConfigurations.best()), 1, List.of(3, 4, 4), 10, 2))
                .isInstanceOfSatisfying(InfeasibleException.class, e -> assertThat(e.code())
                        .isEqualTo(InfeasibleException.INVALID_ARCHITECTURE))
                .hasMessageContaining("stage3_pool")
                .hasMessageContaining("pooled away");
    }

    @Test
    void shouldBeInfeasibleWhenALayerWouldHaveNoUnit() {
        assertThatThrownBy(() ->
                        CnnBlueprint.of(CnnHyperparameters.from(PublishedConfigurations.best()), 0.01, IMAGE, 100, 20))
                .isInstanceOf(InfeasibleException.class)
                .hasMessageContaining("stage1_conv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lr_rate_mult",
                "l2_weight_reg_mult",
                "batch_size",
                "optimizer",
                "coarse_labels_weight",
                "conv_dropout_drop_proba",
                "fc_dropout_drop_proba",
                "use_BN",
                "first_conv",
                "residual",
                "conv_hiddn_units_mult",
                "nb_conv_pool_layers",
                "conv_pool_res_start_idx",
                "pooling_type",
                "conv_kernel_size",
                "res_conv_kernel_size",
                "fc_units_1_mult",
                "one_more_fc",
                "activation"
            })
    void shouldNameTheMissingKey(String key) {
        Map<String, Object> values = new HashMap<>(PublishedConfigurations.demo());
        values.remove(key);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CnnHyperparameters.from(values))
                .withMessageContaining("'" + key + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "optimizer, SGD",
        "use_BN, yes",
        "batch_size, 0",
        "conv_dropout_drop_proba, 1.0",
        "first_conv, wide",
        "pooling_type, median",
        "lr_rate_mult, -1"
    })
    void shouldNameTheKeyAndItsWrongValue(String key, String value) {
        Object typed = value.matches("-?[0-9.]+") ? (Object) Double.valueOf(value) : value;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CnnHyperparameters.from(with(key, typed)))
                .withMessageContaining("'" + key + "'")
                .withMessageContaining(typed.toString());
    }

    private static Map<String, Object> with(String key, Object value) {
        Map<String, Object> values = PublishedConfigurations.demo();
        values.put(key, value);
        return values;
    }

    private static NetworkBlueprint blueprint(Map<String, Object> configuration) {
        return CnnBlueprint.of(CnnHyperparameters.from(configuration), 1, IMAGE, 100, 20);
    }

    private static List<Integer> shape(NetworkBlueprint blueprint, String layer) {
        return blueprint.layer(layer).outputShape();
    }

    private static List<String> names(NetworkBlueprint blueprint) {
        return blueprint.layers().stream().map(BlueprintLayer::name).toList();
    }
}
