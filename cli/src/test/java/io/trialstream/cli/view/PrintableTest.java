package io.trialstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PrintableTest {

    static Arguments[] texts() {
        return new Arguments[] {
            Arguments.of("x\ny", "x\\ny"),
            Arguments.of("a\r\n\tb", "a\\r\\n\\tb"),
            Arguments.of("\u001b[2J", "\\u001b[2J"),
            Arguments.of("\u009b1m\u0000", "\\u009b1m\\u0000"),
            Arguments.of("a\u2028b\u202ec", "a\\u2028b\\u202ec"),
            Arguments.of("\ud800", "\\ud800"),
            Arguments.of("größe, 重, 😀, \"q\" \\ =1+1", "größe, 重, 😀, \"q\" \\ =1+1"),
        };
    }

    @ParameterizedTest
    @MethodSource("texts")
    void shouldStayOnItsLine(String text, String printable) {
        assertThat(Printable.of(text)).isEqualTo(printable);
    }
}
