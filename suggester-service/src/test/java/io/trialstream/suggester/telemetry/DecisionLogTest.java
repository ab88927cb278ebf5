package io.trialstream.suggester.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.suggester.Studied;
import io.trialstream.suggester.state.Proposer;
import io.trialstream.suggester.state.StudyHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecisionLogTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DecisionLog log = new DecisionLog(new SuggesterMeters(registry));
    private final StudyRecord study = Studied.study("s", 10);
    private final LedgerRecord trial = Studied.next(new Proposer(study.spec()), new StudyHistory(study));
    private final Logger logger = Logger.getLogger(DecisionLog.class.getName());
    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        lines.setLevel(Level.INFO);
        logger.addHandler(lines);
    }

    @AfterEach
    void ignore() {
        logger.removeHandler(lines);
    }

    @Test
    void shouldNameTheStudyAndTheReasonOfEachState() {
        log.studyCreated(study);
        log.studyStateChanged(study.withState(
                StudyState.STOPPED, Optional.of(Reason.of(ReasonCode.STOPPED_BY_USER, "the user stopped it"))));

        assertThat(lines.texts())
                .containsExactly(
                        "INFO study created studyId=s pool=default",
                        "INFO study state changed studyId=s state=STOPPED reason=STOPPED_BY_USER"
                                + " text=\"the user stopped it\"");
    }

    @Test
    void shouldNameAndCountTheTrialAndWhyItIsQueuedAgainOrFails() {
        Reason reason = Reason.of(ReasonCode.TRAINER_LOST, "no heartbeat");

        log.trialQueuedAgain(trial.dispatchedAgain(), reason);
        log.trialEnded(trial.failed(reason));

        assertThat(lines.texts())
                .containsExactly(
                        "INFO trial queued again studyId=s trialId=s:0 dispatch=2 reason=TRAINER_LOST"
                                + " text=\"no heartbeat\"",
                        "WARN trial failed studyId=s trialId=s:0 reason=TRAINER_LOST text=\"no heartbeat\"");
        assertThat(count("trialstream.suggester.queued.again")).isEqualTo(1);
        assertThat(count("trialstream.suggester.failed")).isEqualTo(1);
    }

    @Test
    void shouldNotLogTheOrdinaryLifeOfTrials() {
        log.trialAdded(trial);
        log.trialEnded(trial.cancelled(Reason.of(ReasonCode.STOPPED_BY_USER, "the user stopped it")));

        assertThat(lines.texts()).isEmpty();
        assertThat(registry.find("trialstream.suggester.failed").counter()).isNull();
    }

    private double count(String counter) {
        return registry.get(counter).tag("reason", "TRAINER_LOST").counter().count();
    }

    /** What is logged at INFO and above. */
    private static final class Lines extends Handler {
        private final List<String> texts = new ArrayList<>();

        List<String> texts() {
            return texts;
        }

        @Override
        public void publish(LogRecord line) {
            if (!isLoggable(line)) {
                return;
            }
            Object[] parameters = line.getParameters();
            String text = parameters == null ? line.getMessage() : String.format(line.getMessage(), parameters);
            texts.add(line.getLevel().getName().replace("WARNING", "WARN") + " " + text);
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
