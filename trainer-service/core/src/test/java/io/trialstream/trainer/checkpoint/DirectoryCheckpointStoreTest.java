package io.trialstream.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.contracts.TrialId;
import io.trialstream.trainer.checkpoint.CheckpointHeader.Fingerprint;
import io.trialstream.trainer.checkpoint.CheckpointHeader.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryCheckpointStoreTest {
    private static final TrialId TRIAL = new TrialId("study", 7);
    private static final CheckpointId ID = new CheckpointId(TRIAL, "run-a", 3);
    private static final CheckpointHeader HEADER = new CheckpointHeader(
            1,
            new Fingerprint("hash", Map.of("epochs", 5, "widthFactor", 0.1), -7L, "dl4j"),
            new Progress(3, 2, Map.of("objective", 0.1 + 0.2), Map.of("objective", 1.0 / 3)));

    @TempDir
    private Path root;

    private CheckpointStore store;

    @BeforeEach
    void open() {
        store = new DirectoryCheckpointStore(root);
    }

    @Test
    void shouldGiveBackEveryBit() throws Exception {
        float[] weights = new float[40_000];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Float.intBitsToFloat(i * 7919);
        }
        double[] scores = {Math.PI, -0.0, Double.MIN_VALUE};
        store.write(ID, HEADER, state -> {
            state.put("weights", weights);
            state.put("scores", scores);
            state.put("none", new float[0]);
        });

        try (StoredCheckpoint checkpoint = store.open(ID)) {
            assertThat(checkpoint.header()).isEqualTo(HEADER);
            assertThat(checkpoint.doubles("scores")).isEqualTo(scores);
            assertThat(bits(checkpoint.floats("weights"))).isEqualTo(bits(weights));
            assertThat(checkpoint.floats("none")).isEmpty();
            assertThat(checkpoint.has("other")).isFalse();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> checkpoint.floats("scores"))
                    .withMessageContaining("'scores'");
        }
    }

    @Test
    void shouldListTheHighestEpochOfAnyRunFirst() throws Exception {
        for (String run : List.of("run-a", "run-b")) {
            for (int epoch : new int[] {2, 10, 9}) {
                write(new CheckpointId(TRIAL, run, epoch));
            }
        }
        write(new CheckpointId(new TrialId("study", 8), "run-c", 11));
        Files.createFile(root.resolve("study/7/run-a/.epoch-12.x.part"));

        assertThat(store.list(TRIAL)).extracting(CheckpointId::epoch).containsExactly(10, 10, 9, 9, 2, 2);
        assertThat(store.list(new TrialId("study", 9))).isEmpty();
        assertThat(store.studies()).containsExactly("study");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 60, -40, -1})
    void shouldRefuseACheckpointWithOneBitTurned(int place) throws Exception {
        write(ID);
        Path file = root.resolve("study/7/run-a/epoch-3");
        byte[] bytes = Files.readAllBytes(file);
        bytes[Math.floorMod(place, bytes.length)] ^= 4;
        Files.write(file, bytes);

        assertThatThrownBy(() -> store.open(ID)).isInstanceOf(UnusableCheckpointException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 31, 70, 200})
    void shouldRefuseACheckpointThatIsCutShort(int length) throws Exception {
        write(ID);
        Path file = root.resolve("study/7/run-a/epoch-3");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));

        assertThatThrownBy(() -> store.open(ID)).isInstanceOf(UnusableCheckpointException.class);
    }

    @Test
    void shouldRefuseACheckpointOfANewerForm() throws Exception {
        store.write(ID, new CheckpointHeader(2, HEADER.fingerprint(), HEADER.curve()), state -> {});

        assertThatThrownBy(() -> store.open(ID))
                .isInstanceOf(UnusableCheckpointException.class)
                .hasMessageContaining("form 2");
    }

    @Test
    void shouldLeaveNothingOfACheckpointThatCouldNotBeWritten() throws Exception {
        assertThatThrownBy(() -> store.write(ID, HEADER, state -> {
                    state.put("weights", new float[100]);
                    throw new UncheckedIOException(new IOException("no space left"));
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no space left");

        assertThat(root.resolve("study/7/run-a")).isEmptyDirectory();
    }

    @Test
    void shouldForgetTrialsAndStudies() throws Exception {
        write(ID);
        write(new CheckpointId(new TrialId("study", 8), "run-b", 1));
        write(new CheckpointId(new TrialId("other", 8), "run-c", 1));

        store.delete(TRIAL);
        store.delete(TRIAL);
        assertThat(store.list(TRIAL)).isEmpty();
        assertThat(store.list(new TrialId("study", 8))).hasSize(1);

        store.deleteStudy("study");
        assertThat(store.studies()).containsExactly("other");
        assertThatIllegalArgumentException().isThrownBy(() -> store.deleteStudy("../etc"));
    }

    private void write(CheckpointId id) throws IOException {
        store.write(id, HEADER, state -> state.put("weights", new float[] {1, 2, 3}));
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
