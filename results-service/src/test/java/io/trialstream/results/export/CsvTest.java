package io.trialstream.results.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @Test
    void shouldQuoteWhatWouldEndACell() throws IOException {
        assertThat(line(true, "a,b", "x\ny", "q\"q", "plain", "a;=1+1", "", 0.5))
                .isEqualTo("\"a,b\",\"x\ny\",\"q\"\"q\",plain,\"a;=1+1\",,0.5\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(1)", "＝1"})
    void shouldDefuseFormulas(String text) throws IOException {
        assertThat(line(true, text)).isEqualTo("'" + text + "\r\n");
        assertThat(line(false, text)).isEqualTo(text + "\r\n");
    }

    @Test
    void shouldDefuseWhatBeginsWithABlankCharacter() throws IOException {
        assertThat(line(true, "\t=1", "\r=1", "\n=1")).isEqualTo("\"'\t=1\",\"'\r=1\",\"'\n=1\"\r\n");
    }

    @Test
    void shouldLeaveNumbersNumbers() throws IOException {
        assertThat(line(true, -1.5, -3L, "-1.5", -1e-9)).isEqualTo("-1.5,-3,'-1.5,-1.0E-9\r\n");
    }

    private static String line(boolean defusing, Object... values) throws IOException {
        StringWriter out = new StringWriter();
        new Csv(out, defusing).line(List.of(values));
        return out.toString();
    }
}
