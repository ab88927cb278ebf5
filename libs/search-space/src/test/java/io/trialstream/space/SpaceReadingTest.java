package io.trialstream.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpaceReadingTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path STUDIES = Path.of("..", "..", "studies");

    static SearchSpace space(String yaml) {
        return SearchSpace.read(tree(yaml), GridPolicy.EXACT);
    }

    static Object tree(String yaml) {
        try {
            return YAML.readValue(yaml, Object.class);
        } catch (IOException e) {
            throw new IllegalArgumentException(yaml, e);
        }
    }

    private static List<String> problems(String yaml) {
        try {
            space(yaml);
            return List.of();
        } catch (InvalidSpaceException e) {
            return e.problems().stream().map(p -> p.path() + " " + p.code()).toList();
        }
    }

    static SearchSpace study(String name) throws IOException {
        Map<?, ?> study = YAML.readValue(Files.readString(STUDIES.resolve(name)), Map.class);
        return SearchSpace.read(study.get("space"), GridPolicy.EXACT);
    }

    @Test
    void shouldReadTheSeedsSpace() throws IOException {
        SearchSpace seed = study("cifar100-seed.yaml");

        assertThat((Map<?, ?>) seed.toTree()).hasSize(19);
        assertThat(seed.parameters())
                .hasSize(22)
                .extracting(Parameter::label)
                .contains(
                        "conv_dropout_proba",
                        "fc_dropout_proba",
                        "first_conv_size",
                        "residual_units",
                        "fc_units_2_mult",
                        "use_BN");
        assertThat(seed.parameter("first_conv_size").orElseThrow().activation().anyOf())
                .containsExactly(List.of(new Gate("first_conv", 1)));
        assertThat(seed.parameter("batch_size").orElseThrow().distribution().cardinality())
                .contains(BigInteger.valueOf(71));
        assertThat(seed.parameter("residual_units").orElseThrow().distribution().cardinality())
                .contains(BigInteger.valueOf(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cifar100-seed.yaml", "cifar100-extended.yaml"})
    void shouldWriteWhatItRead(String study) throws IOException {
        SearchSpace space = study(study);

        assertThat(SearchSpace.read(space.toTree(), GridPolicy.EXACT)).isEqualTo(space);
        assertThat(SearchSpace.read(tree(new ObjectMapper().writeValueAsString(space.toTree())), GridPolicy.EXACT))
                .isEqualTo(space);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        {uniform: [0, 1]}                       | uniform     | between 0.0 and 1.0
        {loguniform: [-1, 1]}                   | loguniform  | between exp(-1.0) and exp(1.0)
        {normal: [0, 1]}                        | normal      | a finite number
        {lognormal: [0, 1]}                     | lognormal   | a finite number above 0
        {quniform: [1, 9.5, 2]}                 | quniform    | a multiple of 2.0 from 2.0 to 8.0
        {qloguniform: [0, 2, 1]}                | qloguniform | a multiple of 1.0 from 1.0 to 7.0
        {qnormal: [0, 1, 0.5]}                  | qnormal     | a multiple of 0.5
        {qlognormal: [0, 1, 0.5]}               | qlognormal  | a multiple of 0.5
        {uniformint: [-2, 2]}                   | uniformint  | a multiple of 1.0 from -2.0 to 2.0
        {uniform: [0.5, 0.5]}                   | uniform     | exactly 0.5
        {loguniform: [0, 0]}                    | loguniform  | exactly 1.0
        {quniform: [0.3, 0.3, 0.1]}             | quniform    | exactly 0.3
        {uniformint: [3, 3]}                    | uniformint  | exactly 3.0
        {randint: 5}                            | randint     | an integer from 0 to 4
        {randint: [5]}                          | randint     | an integer from 0 to 4
        {randint: [2, 5]}                       | randint     | an integer from 2 to 4
        {choice: [a, b]}                        | choice      | the index of one of 2 options
        '{pchoice: [[0.3, a], [0.7, b]]}'       | pchoice     | the index of one of 2 options
        """)
    void shouldReadEveryExpression(String expression, String keyword, String support) {
        Distribution distribution =
                space("p: " + expression).parameters().get(0).distribution();

        assertThat(distribution.keyword()).isEqualTo(keyword);
        assertThat(distribution.describe()).isEqualTo(support);
    }

    @Test
    void shouldTakeAnyJsonAsAnOption() {
        SearchSpace space = space(
                """
            any: {choice: [null, true, 3, 2.5, text, [1, {uniform: [0, 1]}], {layers: [64, 32], deep: {q: 1}},
                           {constant: {uniform: [0, 1]}}, {object: {uniform: {randint: 2}}}]}
            fixed: {a: 1, list: [1, two]}
            """);
        List<Object> values = new ArrayList<>();
        for (int option = 0; option < 9; option++) {
            int taken = option;
            values.add(space.draw(p -> p.label().equals("any") ? taken : 1)
                    .values()
                    .get("any"));
        }

        assertThat(values)
                .containsExactly(
                        null,
                        true,
                        3,
                        2.5,
                        "text",
                        List.of(1, 1.0),
                        Map.of("layers", List.of(64, 32), "deep", Map.of("q", 1)),
                        Map.of("uniform", List.of(0, 1)),
                        Map.of("uniform", 1L));
        assertThat(space.sample(() -> 0).values().get("fixed")).isEqualTo(Map.of("a", 1, "list", List.of(1, "two")));
    }

    @Test
    void shouldNestToAnyDepthAndNameParametersByTheirPath() {
        SearchSpace space = space("a: {choice: [x, {choice: [y, {k: {choice: [z, {uniform: [0, 1]}]}}]}]}");

        assertThat(space.parameters())
                .extracting(Parameter::label)
                .containsExactly("a", "a.choice[1]", "a.choice[1].choice[1].k", "a.choice[1].choice[1].k.choice[1]");
        assertThat(space.parameters().get(3).activation())
                .isEqualTo(new Activation(List.of(List.of(
                        new Gate("a", 1), new Gate("a.choice[1]", 1), new Gate("a.choice[1].choice[1].k", 1)))));
    }

    @Test
    void shouldNotDependOnTheOrderOfMembers() {
        SearchSpace one = space("{b: {choice: [{y: {randint: 9}, x: {randint: 8}}, 1]}, a: {uniform: [0, 1]}}");
        SearchSpace other = space("{a: {uniform: [0, 1.0]}, b: {choice: [{x: {randint: 8}, y: {randint: 9}}, 1]}}");

        assertThat(one).isEqualTo(other);
        assertThat(one.parameters()).isEqualTo(other.parameters());
        assertThat(one.sample(new SplittableRandom(1))).isEqualTo(other.sample(new SplittableRandom(1)));
        assertThat(one.sample(new SplittableRandom(1)).values().keySet()).containsExactly("b", "a");
    }

    @Test
    void shouldShareParametersOfOneLabelIfTheyAreEqual() {
        SearchSpace space = space(
                """
            a: {choice: [{label: s, uniform: [0, 1]}, {label: t, choice: [1, {label: u, randint: 3}]}]}
            b: {choice: [{label: t, choice: [1.0, {label: u, randint: 3}]}, none]}
            """);

        assertThat(space.parameters()).extracting(Parameter::label).containsExactly("a", "s", "t", "u", "b");
        assertThat(space.parameter("u").orElseThrow().activation().anyOf())
                .containsExactly(
                        List.of(new Gate("a", 1), new Gate("t", 1)), List.of(new Gate("b", 0), new Gate("t", 1)));
        Configuration both =
                space.draw(p -> p.label().equals("u") ? 2 : p.label().equals("b") ? 0 : 1);
        assertThat(both.values()).isEqualTo(Map.of("a", 2L, "b", 2L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        a: {unifrm: [0, 1]}                             | space.a.unifrm UNKNOWN_DISTRIBUTION
        a: {gaussian: [0, 1]}                           | space.a.gaussian UNKNOWN_DISTRIBUTION
        a: {label: x, foo: 3}                           | space.a.foo UNKNOWN_DISTRIBUTION
        'a: {choice: [null, {qunifrom: [1, 2, 1]}]}'    | space.a.choice[1].qunifrom UNKNOWN_DISTRIBUTION
        a: {uniform: [2, 1]}                            | space.a.uniform LOW_NOT_BELOW_HIGH
        a: {quniform: [1.5, 1.5, 1]}                    | space.a.quniform EMPTY_GRID
        a: {quniform: [1, 1, 0]}                        | space.a.quniform[2] NOT_POSITIVE
        a: {loguniform: [800, 800]}                     | space.a.loguniform OUT_OF_RANGE
        a: {randint: [3, 3]}                            | space.a.randint LOW_NOT_BELOW_HIGH
        a: {randint: 2.5}                               | space.a.randint[0] NOT_AN_INTEGER
        'a: {choice: [null, {quniform: [1, 2]}]}'       | space.a.choice[1].quniform[2] MISSING_FIELD
        'a: {uniform: [1, 2, 3]}'                       | space.a.uniform[2] UNKNOWN_FIELD
        a: {uniform: [low, 2]}                          | space.a.uniform[0] NOT_A_NUMBER
        a: {uniform: 3}                                 | space.a.uniform WRONG_TYPE
        'a: {uniform: [0, 1], q: 1}'                    | space.a.q UNKNOWN_FIELD
        a: {normal: [0, 0]}                             | space.a.normal[1] NOT_POSITIVE
        a: {quniform: [0, 1, 0]}                        | space.a.quniform[2] NOT_POSITIVE
        a: {quniform: [1, 2, 5]}                        | space.a.quniform EMPTY_GRID
        a: {loguniform: [0, 1000]}                      | space.a.loguniform[1] OUT_OF_RANGE
        a: {choice: []}                                 | space.a.choice MISSING_FIELD
        a: {choice: yes}                                | space.a.choice WRONG_TYPE
        'a: {pchoice: [[0.5, x], [0.6, y]]}'            | space.a.pchoice PROBABILITIES_NOT_ONE
        'a: {pchoice: [[-1, x], [2, y]]}'               | space.a.pchoice[0][0] OUT_OF_RANGE
        a: {pchoice: [x, y]}                            | space.a.pchoice[0] WRONG_TYPE
        '{a: {label: x, randint: 3}, b: {label: x, randint: 4}}' | space.b DUPLICATE_LABEL
        'a: {label: x, choice: [1, {label: x, randint: 4}]}' | space.a.choice[1] DUPLICATE_LABEL
        a: {label: 3, randint: 4}                       | space.a.label WRONG_TYPE
        a: {}                                           | space.a MISSING_FIELD
        a: {label: x}                                   | space.a MISSING_FIELD
        '{}'                                            | space MISSING_FIELD
        '[1]'                                           | space WRONG_TYPE
        """)
    void shouldNameTheFieldThatIsWrong(String yaml, String expected) {
        assertThat(problems(yaml)).contains(expected);
    }

    @Test
    void shouldRefuseWhatJsonCannotSay() {
        Map<String, Object> tree = Map.of(
                "a", Map.of("uniform", List.of(0, Double.POSITIVE_INFINITY)), "b", Double.NaN, "c", new Object());

        assertThatThrownBy(() -> SearchSpace.read(tree, GridPolicy.EXACT))
                .isInstanceOfSatisfying(InvalidSpaceException.class, e -> assertThat(e.problems())
                        .extracting(p -> p.path() + " " + p.code())
                        .containsExactlyInAnyOrder(
                                "space.a.uniform[1] NOT_FINITE", "space.b NOT_FINITE", "space.c WRONG_TYPE"));
    }

    @Test
    void shouldTakeEqualBoundsAsAConstant() {
        SearchSpace space = space("{a: {uniformint: [3, 3]}, b: {uniform: [0.5, 0.5]}}");
        Configuration only = space.sample(new java.util.SplittableRandom(1));

        assertThat(only.values()).isEqualTo(Map.of("a", 3L, "b", 0.5));
        assertThat(space.configuration(only.values())).isEqualTo(only);
        assertThat(space.cardinality()).contains(java.math.BigInteger.ONE);
        assertThat(space.logDensity(only)).isZero();
    }

    @Test
    void shouldReportEverythingAtOnce() {
        assertThat(problems("{a: {unifrm: [0, 1]}, b: {uniform: [2, 1]}, c: {normal: [x]}}"))
                .containsExactly(
                        "space.a.unifrm UNKNOWN_DISTRIBUTION", "space.b.uniform LOW_NOT_BELOW_HIGH",
                        "space.c.normal[1] MISSING_FIELD", "space.c.normal[0] NOT_A_NUMBER");
    }

    @Test
    void shouldExplainWhatYamlReadsAsText() {
        assertThatThrownBy(() -> SearchSpace.read(Map.of("a", Map.of("uniform", List.of("1e-3", 1))), GridPolicy.EXACT))
                .isInstanceOf(InvalidSpaceException.class)
                .hasMessageContaining("space.a.uniform[0]")
                .hasMessageContaining("write 1.0e-3");
        assertThatThrownBy(() -> space("a: {unifrm: [0, 1]}")).hasMessageContaining("did you mean 'uniform'?");
    }

    @Test
    void shouldBeUnchangedByWhoeverReadItsTree() {
        SearchSpace space = space("a: {choice: [1, {b: 2}]}");

        assertThatThrownBy(() -> ((Map<?, ?>) space.toTree()).clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
