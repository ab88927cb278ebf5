package io.trialstream.trainer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.contracts.StudyState;
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
import java.util.Map;
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
    void shouldSweepWhatStoppedAndDeletedStudiesHaveLeft() throws Exception {
        for (StudyState state : StudyState.values()) {
            world.study(state.name(), state);
            write(state.name());
        }
        write("not-heard-of");

        checkpoints.sweep(world.view.studies());

        assertThat(store.studies()).containsExactlyInAnyOrder("RUNNING", "PAUSED", "COMPLETED", "not-heard-of");
    }

    @Test
    void shouldNotFailWhereItCannotSweep() throws Exception {
        world.study("STOPPED", StudyState.STOPPED);
        Files.createDirectories(directory.resolve("no id!"));
        write("STOPPED");

        checkpoints.sweep(world.view.studies());

        assertThat(store.list(new TrialId("STOPPED", 0))).isEmpty();
    }

    private void write(String study) throws IOException {
        CheckpointHeader.Origin origin = new CheckpointHeader.Origin("hash", Map.of(), 1, "none");
        store.write(
                new CheckpointId(new TrialId(study, 0), "run", 1),
                new CheckpointHeader(1, origin, new CheckpointHeader.Progress(1, 1, Map.of(), Map.of())),
                state -> {});
    }
}
