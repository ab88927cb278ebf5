package io.trialstream.space;

import static io.trialstream.space.SpaceReadingTest.space;
import static io.trialstream.space.SpaceReadingTest.study;
import static io.trialstream.space.SpaceReadingTest.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    /** The best configuration that the seed published. */
    private static final String SEEDS_BEST =
            """
        {"activation": "elu", "batch_size": 320.0, "coarse_labels_weight": 0.3067103474295116,
         "conv_dropout_drop_proba": 0.25923531175521264, "conv_hiddn_units_mult": 1.5958302613876916,
         "conv_kernel_size": 3.0, "conv_pool_res_start_idx": 0.0, "fc_dropout_drop_proba": 0.4322253354921089,
         "fc_units_1_mult": 1.3083964454436132, "first_conv": 3, "l2_weight_reg_mult": 0.41206755600055983,
         "lr_rate_mult": 0.6549347353077412, "nb_conv_pool_layers": 3, "one_more_fc": null, "optimizer": "Nadam",
         "pooling_type": "avg", "res_conv_kernel_size": 2.0, "residual": 3.0, "use_BN": true}""";

    private static List<String> problems(String space, String values) {
        try {
            space(space).configuration(tree(values));
            return List.of();
        } catch (InvalidConfigurationException e) {
            return e.problems().stream().map(p -> p.path() + " " + p.code()).toList();
        }
    }

    @Test
    void shouldTakeTheSeedsBestConfiguration() throws IOException {
        Configuration best = study("cifar100-seed.yaml").configuration(tree(SEEDS_BEST));

        assertThat(best.assignment().values())
                .hasSize(21)
                .containsEntry("first_conv", 1.0)
                .containsEntry("first_conv_size", 0.0)
                .containsEntry("residual_units", 3.0)
                .containsEntry("one_more_fc", 0.0)
                .doesNotContainKey("fc_units_2_mult");
        assertThat(best.values())
                .containsEntry("one_more_fc", null)
                .containsEntry("residual", 3.0)
                .containsEntry("first_conv", 3);
    }

    @Test
    void shouldKeepItsKeyForEver() throws IOException {
        Configuration best = study("cifar100-seed.yaml").configuration(tree(SEEDS_BEST));

        assertThat(best.canonicalForm())
                .startsWith(
                        "{\"activation\":\"elu\",\"batch_size\":320," + "\"coarse_labels_weight\":0.3067103474295116,")
                .endsWith("\"residual\":3,\"use_BN\":true}");
        assertThat(best.key()).isEqualTo("8a6f93e78e5f0041f123d5a562ab1fdcb94fa8b88939c501c222c78a176dca0b");
    }

    @Test
    void shouldSurviveJsonAndItsAssignment() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        for (String study : List.of("cifar100-seed.yaml", "cifar100-extended.yaml")) {
            SearchSpace space = study(study);
            for (int i = 0; i < 200; i++) {
                Configuration drawn = space.sample(random);
                String json = new ObjectMapper().writeValueAsString(drawn.values());

                assertThat(space.configuration(tree(json))).isEqualTo(drawn).hasSameHashCodeAs(drawn);
                assertThat(space.configuration(tree(json)).key()).isEqualTo(drawn.key());
                assertThat(space.configuration(drawn.assignment()).assignment()).isEqualTo(drawn.assignment());
            }
        }
    }

    @Test
    void shouldNotTellIntegersFromDoubles() {
        SearchSpace space = space("a: {quniform: [0, 9, 1]}");

        assertThat(space.configuration(Map.of("a", 3))).isEqualTo(space.configuration(Map.of("a", 3.0)));
        assertThat(space.configuration(Map.of("a", 3)).key())
                .isNotEqualTo(space.configuration(Map.of("a", 4)).key());
    }

    @Test
    void shouldTakeTheFirstOptionThatFits() {
        SearchSpace space = space("a: {choice: [{uniform: [0, 1]}, 3, {label: q, quniform: [1, 5, 1]}]}");

        assertThat(space.configuration(Map.of("a", 3)).assignment().values()).isEqualTo(Map.of("a", 1.0));
        assertThat(space.configuration(Map.of("a", 4)).assignment().values()).isEqualTo(Map.of("a", 2.0, "q", 4.0));
    }

    @Test
    void shouldTakeHyperoptsResultsAndGiveThemBack() throws IOException {
        SearchSpace space = study("cifar100-seed.yaml");
        Configuration best = space.configuration(tree(SEEDS_BEST));
        Map<String, Object> vals = new LinkedHashMap<>(Map.of("fc_units_2_mult", List.of()));
        best.assignment().values().forEach((label, number) -> vals.put(label, List.of(number)));

        assertThat(space.configuration(Assignment.ofHyperopt(vals))).isEqualTo(best);
        assertThat(space.configuration(Assignment.ofHyperopt(best.assignment().values())))
                .isEqualTo(best);
        assertThatThrownBy(() -> Assignment.ofHyperopt(Map.of("x", "y"))).hasMessageContaining("x must be a number");
    }

    @Test
    void shouldKeepWhatStillFitsAfterAnEdit() {
        String choice = "b: {choice: [x, y, {label: c, randint: 9}]}";
        Configuration before = space("{a: {uniform: [0, 9]}, " + choice + ", d: {randint: 4}}")
                .configuration(tree("{a: 7, b: 5, d: 3}"));
        SearchSpace edited = space("{a: {uniform: [0, 5]}, " + choice + ", e: {randint: 4}}");

        Configuration kept = edited.project(before.assignment());

        assertThat(kept.assignment().values()).isEqualTo(Map.of("b", 2.0, "c", 5.0));
        assertThat(kept.values())
                .containsEntry("a", null)
                .containsEntry("b", 5L)
                .containsEntry("e", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        'a: {uniform: [0, 1]}'             | {a: 2}          | values.a OUT_OF_RANGE
        'a: {quniform: [0, 10, 5]}'        | {a: 7}          | values.a OUT_OF_RANGE
        'a: {uniform: [0, 1]}'             | {a: x}          | values.a NOT_A_NUMBER
        'a: {uniform: [0, 1]}'             | {}              | values.a MISSING_FIELD
        'a: {uniform: [0, 1]}'             | '{a: 1, b: 2}'  | values.b UNKNOWN_FIELD
        'a: {uniform: [0, 1]}'             | '[1]'           | values WRONG_TYPE
        'a: {choice: [x, y]}'              | {a: z}          | values.a NO_OPTION_MATCHES
        'a: {choice: [x, {b: {uniform: [0, 1]}}]}' | {a: {b: 3}} | values.a.b OUT_OF_RANGE
        'a: {choice: [null, {uniform: [0, 1]}]}'   | {a: 3}      | values.a OUT_OF_RANGE
        'a: 3'                             | {a: 4}          | values.a NOT_THE_CONSTANT
        'a: [1, 2]'                        | '{a: [1]}'      | values.a WRONG_TYPE
        '{a: {label: s, randint: 3}, b: {label: s, randint: 3}}' | '{a: 1, b: 2}' | values.b CONTRADICTION
        """)
    void shouldSayWhyValuesDoNotFit(String space, String values, String expected) {
        assertThat(problems(space, values)).containsExactly(expected);
    }

    @Test
    void shouldSayWhyAnAssignmentDoesNotFit() {
        SearchSpace space = space("{a: {choice: [none, {label: b, uniform: [0, 1]}]}, c: {randint: 3}}");

        assertThatThrownBy(() -> space.configuration(Assignment.of(Map.of("a", 0, "b", 0.5, "c", 9, "d", 1))))
                .isInstanceOfSatisfying(InvalidConfigurationException.class, e -> assertThat(e.problems())
                        .extracting(p -> p.path() + " " + p.code())
                        .containsExactlyInAnyOrder(
                                "assignment.b NOT_ACTIVE", "assignment.c OUT_OF_RANGE", "assignment.d UNKNOWN_FIELD"));
        assertThatThrownBy(() -> space.configuration(Assignment.of(Map.of("c", 1))))
                .hasMessageContaining("assignment.a");
    }

    @ParameterizedTest
    @CsvSource({
        "0.1,0.1",
        "1e21,1e+21",
        "1e20,100000000000000000000",
        "1e-6,0.000001",
        "1e-7,1e-7",
        "-0.0,0",
        "5e-324,5e-324",
        "1.7976931348623157e308,1.7976931348623157e+308",
        "2e-3,0.002",
        "123456789.125,123456789.125",
        "9007199254740993,9007199254740992",
        "5.684341886080802e-14,5.684341886080802e-14",
        "2.2250738585072014e-308," + "2.2250738585072014e-308",
        "1.5e300,1.5e+300",
        "0.30000000000000004,0.30000000000000004"
    })
    void shouldPrintNumbersAsEcmaScriptDoes(double value, String expected) {
        assertThat(CanonicalJson.number(value)).isEqualTo(expected);
        assertThat(Double.parseDouble(expected)).isEqualTo(value);
    }

    @Test
    void shouldWriteCanonicalJson() {
        assertThat(CanonicalJson.write(tree("{b: [1.0, null, true], a: {}, \"\\u20ac\": \"x\\u0001\\n\\\"\"}")))
                .isEqualTo("{\"a\":{},\"b\":[1,null,true],\"\u20ac\":\"x\\u0001\\n\\\"\"}");
    }
}
