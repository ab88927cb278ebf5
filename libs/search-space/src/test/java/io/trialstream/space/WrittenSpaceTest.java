package io.trialstream.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write: slips are told with the right spelling, what is hardly meant is warned of. */
class WrittenSpaceTest {
    private final List<Problem> warnings = new ArrayList<>();

    private SearchSpace read(String yaml) {
        return SearchSpace.readWritten(SpaceReadingTest.tree(yaml), GridPolicy.EXACT, warnings::add);
    }

    private List<Problem> problems(String yaml) {
        try {
            read(yaml);
            return List.of();
        } catch (InvalidSpaceException e) {
            return e.problems();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        'x: {min: 0, max: 1}'                                    | space.x | { uniform: [0, 1] }
        'x: {low: 0.1, high: 1}'                                 | space.x | { uniform: [0.1, 1] }
        'x: {lower: 1, upper: 9, type: int}'                     | space.x | { uniformint: [1, 9] }
        'x: {type: int, low: 16, high: 512, log: true}'          | space.x | { qlog: [16, 512, 1] }
        'x: {type: float, low: 0, high: 1, step: 0.25}'          | space.x | { quniform: [0, 1, 0.25] }
        'x: {type: uniform, bounds: [0, 1]}'                     | space.x | { uniform: [0, 1] }
        'x: {distribution: log_uniform_values, min: 1, max: 9}'  | space.x | { log: [1, 9] }
        'x: {distribution: q_uniform, min: 1, max: 9, q: 2}'     | space.x | { quniform: [1, 9, 2] }
        'x: {values: [a, b]}'                                    | space.x | { choice: [a, b] }
        'x: {type: categorical, choices: [a, b]}'                | space.x | { choice: [a, b] }
        'x: {_type: uniform, _value: [0, 1]}'                    | space.x | { uniform: [0, 1] }
        'x: {_type: choice, _value: [a, b]}'                     | space.x | { choice: [a, b] }
        'x: {grid_search: [1, 2]}'                               | space.x | { choice: [1, 2] }
        'x: {suggest_float: [0, 1]}'                             | space.x | { uniform: [0, 1] }
        'x: {int: [1, 5]}'                                       | space.x | { uniformint: [1, 5] }
        'x: {categorical: [a, b]}'                               | space.x | { choice: [a, b] }
        'x: {parameterType: double, feasibleSpace: {min: "0.01", max: "0.03"}}' | space.x | { uniform: [0.01, 0.03] }
        'x: {parameterType: categorical, feasibleSpace: {list: [a, b]}}' | space.x | { choice: [a, b] }
        'x: {choice: [none, {min: 0, max: 1}]}'                  | space.x.choice[1] | { uniform: [0, 1] }
        'x: {a: {min: 0, max: 1}}'                               | space.x.a | { uniform: [0, 1] }
        '{type: uniform, min: 0, max: 1}'                        | space | { uniform: [0, 1] }
        'x: "hp.uniform(~x~, 0, 1)"'                         | space.x | { uniform: [...] }
        'x: tune.loguniform(1e-4, 1e-1)'                         | space.x | { loguniform: [...] }
        'x: trial.suggest_int("x", 1, 9)'                        | space.x | { uniformint: [...] }
        '[{name: lr, parameterType: double, feasibleSpace: {min: "0.01", max: "0.03"}}]' | space | { lr: { uniform: [0.01, 0.03] }
        """)
    void shouldTellTheRightSpellingOfForeignNotation(String yaml, String path, String spelling) {
        assertThat(problems(yaml.replace('~', '\''))).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.code()).isEqualTo("FOREIGN_NOTATION");
            assertThat(problem.message()).contains(spelling);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{p: {uniform: [0, 1]}, clip: {constant: {min: 0, max: 1}}}",
                "{p: {choice: [{type: svm, C: {lognormal: [0, 1]}}, {type: nb}]}}",
                "{p: {uniform: [0, 1]}, note: see the paper (2019), size: {width: 3, height: 4}}",
                "{p: {uniform: [0, 1]}, logging: {log: true, level: 3}}",
                "{normal: {uniform: [0, 1]}, choice: {choice: [a, b]}}",
            })
    void shouldLeaveAloneWhatIsMeant(String yaml) {
        assertThat(problems(yaml)).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void shouldReadMessagesAsTheyAre() {
        Object tree = SpaceReadingTest.tree("{x: {min: 0, max: 1}, y: [0, 1], big: 9007199254740993}");

        assertThat(SearchSpace.read(tree, GridPolicy.EXACT).parameters()).isEmpty();
    }

    @Test
    void shouldRefuseASpaceWithoutAParameterAndTellTheLikelyReason() {
        assertThat(problems("{lr: [0, 1], b: 3}"))
                .extracting(p -> p.path() + " " + p.code())
                .containsExactly("space NO_PARAMETER", "space.lr CONSTANT_LIST");
        assertThat(problems("{lr: 0.1}")).extracting(Problem::code).containsExactly("NO_PARAMETER");
    }

    @Test
    void shouldWarnOfAListThatMayBeMeantAsARangeOrAChoice() {
        read("{p: {uniform: [0, 1]}, lr: [0, 1], optimizer: [adam, sgd], same: [3, 3], deep: {kernel: [3, 5],"
                + " strides: 1}, m: {constant: [1, 2]}}");

        assertThat(warnings)
                .extracting(p -> p.path() + " " + p.code())
                .containsExactlyInAnyOrder("space.lr CONSTANT_LIST", "space.optimizer CONSTANT_LIST");
        assertThat(warnings).anySatisfy(warning -> assertThat(warning.message()).contains("{ uniform: [0, 1] }"));
    }

    @Test
    void shouldShowTheRangeOfLoguniformWithPlainBounds() {
        SearchSpace space = read("lr: {loguniform: [0.00001, 0.1]}");

        assertThat(space.parameters()).hasSize(1);
        assertThat(warnings).singleElement().satisfies(warning -> {
            assertThat(warning.path()).isEqualTo("space.lr.loguniform");
            assertThat(warning.code()).isEqualTo("BOUNDS_OF_THE_LOGARITHM");
            assertThat(warning.message())
                    .contains("values from 1.00001 to 1.10517")
                    .contains("write log: [1e-5, 0.1]");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lr: {loguniform: [-11.5, -2.3]}", "lr: {loguniform: [-0.5, 0.5]}", "lr: {loguniform: [3, 7]}"})
    void shouldNotWarnOfBoundsOfTheLogarithm(String yaml) {
        read(yaml);

        assertThat(warnings).isEmpty();
    }

    @Test
    void shouldNameThePlainFormWhereTheExponentialOverflows() {
        assertThat(problems("units: {loguniform: [16, 1024]}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("log: [16, 1024]"));
    }

    @Test
    void shouldTakeLogarithmicRangesInPlainValues() {
        SearchSpace space = read("{lr: {log: [0.00001, 0.1]}, units: {qlog: [16, 512, 16]}, one: {log: [2, 2]}}");
        SplittableRandom random = new SplittableRandom(1);
        Set<Object> units = new HashSet<>();
        double sum = 0;
        for (int i = 0; i < 4000; i++) {
            Map<String, Object> values = space.sample(random).values();
            double lr = (Double) values.get("lr");
            assertThat(lr).isBetween(0.00001, 0.1);
            sum += Math.log(lr);
            units.add(values.get("units"));
            assertThat(values.get("one")).isEqualTo(2.0);
            assertThat(space.configuration(values).values()).isEqualTo(values);
        }

        assertThat(sum / 4000).isCloseTo((Math.log(0.00001) + Math.log(0.1)) / 2, within(0.15));
        assertThat(units).hasSize(32).contains(16.0, 512.0);
        assertThat(space.configuration(Map.of("lr", 0.00001, "units", 16, "one", 2))
                        .values())
                .containsEntry("lr", 0.00001);
        assertThat(SearchSpace.read(space.toTree(), GridPolicy.EXACT)).isEqualTo(space);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        x: {log: [0, 1]}         | space.x.log[0] NOT_POSITIVE
        x: {log: [2, 1]}         | space.x.log LOW_NOT_BELOW_HIGH
        x: {log: [1]}            | space.x.log[1] MISSING_FIELD
        'x: {qlog: [1, 9]}'      | space.x.qlog[2] MISSING_FIELD
        'x: {qlog: [1, 9, 0]}'   | space.x.qlog[2] NOT_POSITIVE
        x: {log: [1.0e-320, 1]}  | space.x.log OUT_OF_RANGE
        'x: {qlog: [1.0e-9, 1.0e+9, 1.0e-9]}' | space.x.qlog[1] OUT_OF_RANGE
        'x: {choice: [9007199254740993, 2]}' | space.x.choice[0] OUT_OF_RANGE
        """)
    void shouldNameTheFieldThatIsWrong(String yaml, String expected) {
        assertThat(problems(yaml)).extracting(p -> p.path() + " " + p.code()).contains(expected);
    }

    @Test
    void shouldReadAWholeSpaceThatIsAChoiceOfObjects() {
        SearchSpace space = read("{choice: [{type: svm, C: {lognormal: [0, 1]}}, {type: nb}]}");

        assertThat(space.draw(p -> 1).values()).isEqualTo(Map.of("type", "nb"));
        assertThat(space.draw(p -> p.label().equals("choice") ? 0 : 2).values())
                .isEqualTo(Map.of("type", "svm", "C", 2.0));
        assertThat(space.parameters()).extracting(Parameter::label).containsExactly("choice", "choice[0].C");
        assertThat(space.certainNames()).containsExactly("type");
        assertThat(space.configuration(Map.of("type", "nb")).assignment().values())
                .isEqualTo(Map.of("choice", 1.0));
        assertThat(SearchSpace.read(space.toTree(), GridPolicy.EXACT)).isEqualTo(space);
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        '{uniform: [-10, 10]}'              | x      | 3.0
        '{label: lr, uniform: [-10, 10]}'   | lr     | 3.0
        '{randint: 5}'                      | x      | 3
        '{choice: [a, {b: {randint: 9}}]}'  | choice | a
        """)
    void shouldNameTheValueOfAWholeSpaceThatIsNoObject(String yaml, String name, String value) {
        SearchSpace space = read(yaml);
        Map<String, Object> values =
                space.draw(p -> p.label().equals("choice") ? 0 : 3).values();

        assertThat(values).hasSize(1).containsKey(name);
        assertThat(values.get(name)).hasToString(value);
        assertThat(warnings).extracting(Problem::code).containsExactly("NAMED");
        SearchSpace again = SearchSpace.read(space.toTree(), GridPolicy.EXACT);
        assertThat(again).isEqualTo(space);
        assertThat(again.parameters()).isEqualTo(space.parameters());
    }

    @Test
    void shouldTellPlacesOfAWholeSpaceAsWritten() {
        assertThat(problems("{uniform: [3, 1]}")).extracting(Problem::path).containsExactly("space.uniform");
        assertThat(problems("{choice: [{a: {uniform: [3, 1]}}, {b: 1}]}"))
                .extracting(Problem::path)
                .containsExactly("space.choice[0].a.uniform");
    }
}
