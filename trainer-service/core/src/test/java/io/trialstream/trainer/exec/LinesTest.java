package io.trialstream.trainer.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.trainer.exec.Lines.Line;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static List<Line> lines(int maxBytes, String... pieces) {
        Lines lines = new Lines(maxBytes);
        List<Line> found = new ArrayList<>();
        for (String piece : pieces) {
            lines.add(piece.getBytes(StandardCharsets.UTF_8), found::add);
        }
        lines.finish(found::add);
        return found;
    }

    @Test
    void shouldTellALineThatMayBeWrittenOverFromOneThatIsWhole() {
        assertThat(lines(100, "10%\r20", "%\r30%\n", "done\r\nlast"))
                .containsExactly(
                        new Line("10%", true),
                        new Line("20%", true),
                        new Line("30%", false),
                        new Line("done", false),
                        new Line("last", false));
    }

    @Test
    void shouldKeepTheBeginningOfALongLine() {
        assertThat(lines(3, "abcdef\ngh")).containsExactly(new Line("abc", false), new Line("gh", false));
    }
}
