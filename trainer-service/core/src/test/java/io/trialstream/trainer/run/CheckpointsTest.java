package io.trialstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialId;
import io.trialstream.trainer.checkpoint.CheckpointHeader;
import io.trialstream.trainer.checkpoint.CheckpointId;
import io.trialstream.trainer.checkpoint.CheckpointSettings;
import io.trialstream.trainer.checkpoint.CheckpointStore;
import io.trialstream.trainer.checkpoint.DirectoryCheckpointStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

    @TempDir
    private Path directory;

    private final World world = new World();
    private CheckpointStore store;
    private Checkpoints checkpoints;

    @BeforeEach
    void open() {
        store = new DirectoryCheckpointStore(directory);
        checkpoints = new Checkpoints(store, new CheckpointSettings(1, Duration.ZERO));
    }

    @Test
    void shouldSweepWhatDeletedStudiesHaveLeft() throws Exception {
        for (StudyState state : StudyState.values()) {
            world.study(state.name(), state);
            write(state.name(), 0);
        }
        write("not-heard-of", 0);

        checkpoints.sweep(world.view.studies(), world.view.commands());

        assertThat(store.studies())
                .as("a trial of a stopped study may be a retrain")
                .containsExactlyInAnyOrder("RUNNING", "PAUSED", "COMPLETED", "STOPPED", "FAILED", "not-heard-of");
    }

    @Test
    void shouldSweepWhatCancelledTrialsHaveLeftAndNothingElse() throws Exception {
        // Given trials: cancelled, pruned, queued again after a cancellation, superseded only, not spoken of
        for (int number = 0; number < 5; number++) {
            write("s", number);
        }
        command(0, 2, TrialCommand.Kind.CANCEL);
        command(1, 2, TrialCommand.Kind.PRUNE);
        command(2, 2, TrialCommand.Kind.CANCEL);
        command(2, 3, TrialCommand.Kind.SUPERSEDE);
        command(3, 2, TrialCommand.Kind.SUPERSEDE);

        // When
        checkpoints.sweep(world.view.studies(), world.view.commands());

        // Then
        assertThat(store.trials("s")).extracting(TrialId::number).containsExactly(1, 2, 3, 4);
    }

    private void command(int number, int dispatch, TrialCommand.Kind kind) {
        world.view
                .commands()
                .apply(new TrialCommand(
                        kind + "-" + number, "s", number, dispatch, kind, Optional.empty(), "because", Instant.EPOCH));
    }

    @Test
    void shouldNotFailWhereItCannotSweep() throws Exception {
        world.study("DELETED", StudyState.DELETED);
        Files.createDirectories(directory.resolve("no id!"));
        write("DELETED", 0);

        checkpoints.sweep(world.view.studies(), world.view.commands());

        assertThat(store.list(new TrialId("DELETED", 0))).isEmpty();
    }

    private void write(String study, int number) throws IOException {
        CheckpointHeader.Fingerprint fingerprint = new CheckpointHeader.Fingerprint("hash", Map.of(), 1, "none");
        store.write(
                new CheckpointId(new TrialId(study, number), "run", 1),
                new CheckpointHeader(1, fingerprint, new CheckpointHeader.Progress(1, 1, Map.of(), Map.of())),
                state -> {});
    }
}
