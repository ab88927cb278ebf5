package io.trialstream.trainer.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialCommand.Kind;
import io.trialstream.contracts.TrialId;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialCommandsTest {
    private static final TrialId TRIAL = new TrialId("study", 3);

    private final TrialCommands commands = new TrialCommands();

    @Test
    void shouldKnowNothingOfATrialWithoutCommands() {
        assertThat(commands.ending(TRIAL, 1)).isEmpty();
        assertThat(commands.stuck(TRIAL, "run")).isEmpty();
        assertThat(commands.isSuperseded(TRIAL, 1)).isFalse();
    }

    @Test
    void shouldSpeakOfTheDispatchAndOlderOnesOnly() {
        apply("c1", 2, Kind.CANCEL);
        assertThat(commands.ending(TRIAL, 1)).isPresent();
        assertThat(commands.ending(TRIAL, 2)).isPresent();
        assertThat(commands.ending(TRIAL, 3)).isEmpty();
    }

    @Test
    void shouldAgreeWithACompactedTopicAfterASupersede() {
        // Given: one trainer has read both commands, another only the newest that compaction left
        apply("c1", 1, Kind.CANCEL);
        apply("c2", 2, Kind.SUPERSEDE);
        TrialCommands compacted = new TrialCommands();
        compacted.apply(command("c2", 2, Kind.SUPERSEDE, null));

        // Then: for the dispatch that will be run they say the same
        assertThat(commands.ending(TRIAL, 2)).isEqualTo(compacted.ending(TRIAL, 2));
        assertThat(commands.isSuperseded(TRIAL, 1)).isTrue().isEqualTo(compacted.isSuperseded(TRIAL, 1));
        assertThat(commands.isSuperseded(TRIAL, 2)).isFalse().isEqualTo(compacted.isSuperseded(TRIAL, 2));
    }

    @Test
    void shouldConcludeFromAnyCommandThatItsDispatchExists() {
        apply("c1", 3, Kind.PRUNE);
        assertThat(commands.isSuperseded(TRIAL, 2)).isTrue();
    }

    @Test
    void shouldKeepACancelWhenAnotherRunIsStuck() {
        apply("c1", 1, Kind.CANCEL);
        commands.apply(command("c2", 1, Kind.STUCK, "run-a"));
        assertThat(commands.ending(TRIAL, 1)).map(TrialCommand::commandId).contains("c1");
        assertThat(commands.stuck(TRIAL, "run-a")).isPresent();
        assertThat(commands.stuck(TRIAL, "run-b")).isEmpty();
    }

    @Test
    void shouldForgetADeletedTrial() {
        apply("c1", 1, Kind.CANCEL);
        commands.forget(TRIAL);
        assertThat(commands.ending(TRIAL, 1)).isEmpty();
    }

    private void apply(String id, int dispatch, Kind kind) {
        commands.apply(command(id, dispatch, kind, null));
    }

    private static TrialCommand command(String id, int dispatch, Kind kind, String runId) {
        return new TrialCommand(id, "study", 3, dispatch, kind, Optional.ofNullable(runId), "because", Instant.EPOCH);
    }
}
