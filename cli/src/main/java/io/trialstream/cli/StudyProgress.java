package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trialstream.cli.client.StudyView;
import io.trialstream.cli.view.Pace;
import io.trialstream.cli.view.ProgressLine;
import io.trialstream.cli.view.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells how a study that is watched gets on. Not for use by several threads. */
interface StudyProgress {
    /** The study as it is now. */
    void seen(JsonNode document, StudyView study);

    /** The server does not answer. */
    void waitingFor(String origin);

    /** Nothing more comes. */
    void end();

    /** On a terminal a line that is drawn anew, elsewhere a line for each change. */
    static StudyProgress onTerminal(Terminal terminal) {
        return new OnTerminal(terminal);
    }

    /** A line of JSON for each change: the study as lists show it. */
    static StudyProgress asJson(Terminal terminal) {
        return new AsJson(terminal);
    }

    /** Text for people. */
    final class OnTerminal implements StudyProgress {
        private final Terminal terminal;
        private final Pace pace = new Pace();
        private String said = "";

        private OnTerminal(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void seen(JsonNode document, StudyView study) {
            Optional<Duration> left = pace.left(study, Instant.now());
            if (terminal.isInteractive()) {
                terminal.status(ProgressLine.withBar(study, left, terminal.columns()));
                return;
            }
            // The estimate changes every second: by itself it is no news.
            String news = ProgressLine.of(study, Optional.empty());
            if (!news.equals(said)) {
                said = news;
                terminal.status(ProgressLine.of(study, left));
            }
        }

        @Override
        public void waitingFor(String origin) {
            terminal.status("waiting for " + origin);
        }

        @Override
        public void end() {
            terminal.endStatus();
        }
    }

    /** One document a line. */
    final class AsJson implements StudyProgress {
        private final Terminal terminal;
        private String said = "";

        private AsJson(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void seen(JsonNode document, StudyView study) {
            ObjectNode listed = document.deepCopy();
            String line = listed.without("spec").toString();
            if (!line.equals(said)) {
                said = line;
                terminal.line(line);
            }
        }

        @Override
        public void waitingFor(String origin) {
            // The next line comes when the server answers again.
        }

        @Override
        public void end() {
            // Each line was whole.
        }
    }
}
