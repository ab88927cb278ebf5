package io.trialstream.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StepTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant EARLIER = NOW.minus(Duration.ofHours(1));

    @Test
    void shouldStartWhatIsWantedAndWasNeverStarted() {
        assertThat(dead(never())).isEqualTo(Step.START);
    }

    @Test
    void shouldNoteAnEndOnceAndWaitUntilTheProcessIsDue() {
        StackProcess ran = started(EARLIER);
        assertThat(dead(ran)).isEqualTo(Step.NOTE_END);

        StackProcess noted = ran.with(ran.restarts().ended("gone", NOW));
        assertThat(dead(noted)).isEqualTo(Step.NOTHING);
        assertThat(Step.next(noted, false, NOW.plusSeconds(1))).isEqualTo(Step.START);
    }

    @Test
    void shouldLeaveWhatWasGivenUpUntilSomebodyAsksForIt() {
        StackProcess failed = started(EARLIER);
        for (int end = 0; end <= Restarts.LIMIT; end++) {
            failed = failed.with(failed.restarts().ended("gone", EARLIER));
        }
        assertThat(failed.restarts().givenUp()).isTrue();
        assertThat(dead(failed)).isEqualTo(Step.NOTHING);

        assertThat(dead(failed.with(failed.restarts().askedFor(NOW)))).isEqualTo(Step.START);
    }

    @Test
    void shouldForgetEarlierEndsOfAProcessThatLivesLongEnough() {
        StackProcess again = started(NOW.minus(Restarts.STABLE_AFTER))
                .with(Restarts.NONE.ended("gone", EARLIER).begun());
        StackProcess justStarted = new StackProcess(
                "broker", Role.BROKER, new ProcessIdentity(1, NOW.toEpochMilli()), "", false, again.restarts());

        assertThat(alive(again)).isEqualTo(Step.SETTLE);
        assertThat(alive(justStarted)).isEqualTo(Step.NOTHING);
        assertThat(alive(again.with(again.restarts().settled()))).isEqualTo(Step.NOTHING);
    }

    @Test
    void shouldEndAndForgetWhatIsToLeave() {
        assertThat(alive(started(EARLIER).told())).isEqualTo(Step.TELL_TO_END);
        assertThat(dead(started(EARLIER).told())).isEqualTo(Step.FORGET);
        assertThat(dead(never().told())).isEqualTo(Step.FORGET);
    }

    private static StackProcess never() {
        return StackProcess.wanted("broker", Role.BROKER);
    }

    private static StackProcess started(Instant at) {
        return never().startedAs(new ProcessIdentity(1, at.toEpochMilli()));
    }

    private static Step alive(StackProcess process) {
        return Step.next(process, true, NOW);
    }

    private static Step dead(StackProcess process) {
        return Step.next(process, false, NOW);
    }
}
