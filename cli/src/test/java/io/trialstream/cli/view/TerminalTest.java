package io.trialstream.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void shouldKeepTheStatusBelowOtherLinesOnATerminal() {
        Terminal terminal = terminal(true);

        terminal.status("1/8");
        terminal.status("1/8");
        terminal.line("trainer-1 has ended");
        terminal.status("2/8");
        terminal.endStatus();

        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[2K1/8" + "\r\u001b[2Ktrainer-1 has ended\n1/8" + "\r\u001b[2K2/8\n");
    }

    @Test
    void shouldWritePlainLinesElsewhere() {
        Terminal terminal = terminal(false);

        terminal.status("1/8");
        terminal.status("1/8");
        terminal.line("trainer-1 has ended");
        terminal.status("2/8");
        terminal.endStatus();

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("1/8\ntrainer-1 has ended\n2/8\n");
    }

    @Test
    void shouldDrawNoStatusAnyMoreOnceAllEnds() {
        Terminal terminal = terminal(true);

        terminal.status("1/8");
        terminal.endStatusForGood();
        terminal.status("2/8");
        terminal.line("stopping trainer-1");

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[2K1/8\nstopping trainer-1\n");
    }

    private Terminal terminal(boolean interactive) {
        return new Terminal(new PrintStream(written, true, StandardCharsets.UTF_8), interactive, 80);
    }
}
