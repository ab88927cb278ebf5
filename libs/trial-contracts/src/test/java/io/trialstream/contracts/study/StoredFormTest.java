package io.trialstream.contracts.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.space.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredFormTest {

    private static List<String> problems(Object tree, int levels) {
        List<Problem> problems = new ArrayList<>();
        StoredForm.check("space", tree, levels, problems::add);
        return problems.stream().map(p -> p.path() + " " + p.code()).toList();
    }

    @Test
    void shouldNameTheMemberOrOptionWithTextThatNothingCanStore() {
        assertThat(problems(Map.of("a", Map.of("choice", List.of("z", "x\0y"))), 9))
                .containsExactly("space.a.choice[1] UNSTORABLE_TEXT");
        assertThat(problems(Map.of("a", Map.of("x\0y", 1)), 9)).containsExactly("space.a UNSTORABLE_TEXT");
        assertThat(problems(Map.of("a", "\uD83D"), 9)).containsExactly("space.a UNSTORABLE_TEXT");
        assertThat(problems(Map.of("a", "\uDE00\uD83D"), 9)).containsExactly("space.a UNSTORABLE_TEXT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ü", "\uD83D\uDE00", "\u0001", "\uFFFF", "line\nbreak"})
    void shouldTakeEveryOtherText(String text) {
        assertThat(problems(Map.of(text, List.of(text)), 9)).isEmpty();
    }

    @Test
    void shouldCountLevels() {
        assertThat(problems(Map.of("a", List.of(Map.of("b", 1))), 3)).isEmpty();
        assertThat(problems(Map.of("a", List.of(Map.of("b", 1), Map.of("c", 1))), 2))
                .containsExactly("space TOO_DEEP");
    }

    @Test
    void shouldCheckJsonToo() throws JsonProcessingException {
        assertThat(problems(MessageCodec.newMapper().readTree("{\"a\": [{\"b\": \"\\u0000\"}], \"\\ud800\": 1}"), 9))
                .containsExactly("space.a[0].b UNSTORABLE_TEXT", "space UNSTORABLE_TEXT");
    }
}
