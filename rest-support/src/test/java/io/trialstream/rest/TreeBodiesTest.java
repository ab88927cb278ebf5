package io.trialstream.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeBodiesTest {

    private static Map<String, Object> object(String body) {
        return TreeBodies.object(body.getBytes(StandardCharsets.UTF_8));
    }

    private static ApiException refusal(byte[] body) {
        return catchThrowableOfType(ApiException.class, () -> TreeBodies.object(body));
    }

    private static ApiException refusal(String body) {
        return refusal(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldResolveAliasesAndMergeKeys() {
        Map<String, Object> space = object(
                """
                x: &unit { uniform: [0, 1] }
                y: *unit
                z: { <<: *unit, label: z }
                both: { <<: [*unit, { uniform: [5, 6], label: other }], label: mine }
                options: &rest [b, c]
                again: [a, *rest]
                """);
        Map<String, Object> unit = Map.of("uniform", List.of(0, 1));

        assertThat(space)
                .containsEntry("y", unit)
                .containsEntry("z", Map.of("uniform", List.of(0, 1), "label", "z"))
                .containsEntry("both", Map.of("uniform", List.of(0, 1), "label", "mine"))
                .containsEntry("again", List.of("a", List.of("b", "c")));
    }

    @Test
    void shouldBoundWhatAliasesExpandTo() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 30; i++) {
            String alias = "*a" + (i - 1);
            bomb.append(
                    "a" + i + ": &a" + i + " [" + String.join(", ", java.util.Collections.nCopies(9, alias)) + "]\n");
        }

        assertThat(refusal(bomb.toString()))
                .hasMessageContaining("with its aliases resolved, the body is larger than")
                .hasMessageContaining("line ");
    }

    @Test
    void shouldRefuseAnAliasWithinWhatItRepeats() {
        assertThat(refusal("a: &a [1, *a]")).hasMessageContaining("an alias refers to a node that contains it");
        assertThat(refusal("a: *nowhere")).hasMessageContaining("line 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "NULL",
            textBlock =
                    """
        3         | java.lang.Integer    | 3
        -3000000000 | java.lang.Long     | -3000000000
        0x1F      | java.lang.Integer    | 31
        1e-5      | java.lang.Double     | 1.0E-5
        1.0e-5    | java.lang.Double     | 1.0E-5
        -.5       | java.lang.Double     | -0.5
        .inf      | java.lang.Double     | Infinity
        True      | java.lang.Boolean    | true
        yes       | java.lang.String     | yes
        no        | java.lang.String     | no
        1:30      | java.lang.String     | 1:30
        007       | java.lang.String     | 007
        2026-01-31 | java.lang.String    | 2026-01-31
        '"3"'     | java.lang.String     | 3
        1_000     | java.lang.String     | 1_000
        """)
    void shouldReadPlainScalarsByTheCoreSchema(String yaml, String type, String text) {
        Object value = object("k: " + yaml).get("k");

        assertThat(value.getClass().getName()).isEqualTo(type);
        assertThat(value).hasToString(text);
    }

    @Test
    void shouldReadNulls() {
        assertThat(object("{a: null, b: ~, c: }")).isEqualTo(object("{\"a\": null, \"b\": null, \"c\": null}"));
        assertThat(object("a:\nb: 1")).containsEntry("a", null);
    }

    @Test
    void shouldKeepKeysAsTheyAreWritten() {
        assertThat(object("1.50: a\ntrue: b\n07: c")).containsOnlyKeys("1.50", "true", "07");
    }

    @Test
    void shouldReadJsonAsJson() {
        assertThat(object("{\"a\": \"\\u00fc\\/\\ud83d\\ude00\", \"b\": [1, 2.5, 1e2, true, null]}"))
                .containsEntry("a", "ü/😀")
                .containsEntry("b", Arrays.asList(1, 2.5, 100.0, true, null));
    }

    @Test
    void shouldTakeAByteOrderMark() {
        assertThat(object("\uFEFFa: 1")).containsEntry("a", 1);
    }

    @Test
    void shouldSayWhichByteIsNoUtf8() {
        assertThat(refusal(new byte[] {'a', ':', ' ', (byte) 0xfc})).hasMessageContaining("not UTF-8 at byte 4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\na: 2",
                "{\"a\": 1, \"a\": 2}",
                "a: !!python/object:os.system x",
                "a: !!binary aGk=",
                "? [a]\n: 1",
                "a: 1\n---\nb: 2",
                "a: [",
                "a: {<<: 3}",
                "a: \"\\ud83d"
            })
    void shouldRefuseWhatIsNoTree(String body) {
        assertThat(refusal(body)).hasMessageMatching("(?s)not YAML or JSON, .+").satisfies(e -> assertThat(e.status())
                .isEqualTo(400));
    }

    @Test
    void shouldRefuseDepthWithoutRecursingIntoIt() {
        assertThat(refusal("a: " + "[".repeat(100_000))).isNotNull();
        assertThat(refusal("{\"a\": " + "[".repeat(100_000))).isNotNull();
    }
}
