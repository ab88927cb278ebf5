package io.trialstream.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
class ProcessStartTest {
    private static final ProcessIdentity OWN = ProcessIdentity.of(ProcessHandle.current());

    @TempDir
    Path root;

    private final List<String> told = new ArrayList<>();
    private StackDirectory directory;
    private TinyProcesses processes;
    private StateFile state;

    @BeforeEach
    void begin() {
        directory = new StackDirectory(root);
        directory.create();
        processes = new TinyProcesses(directory);
        state = new StateFile(directory);
        state.reset(StackState.startedBy(OWN, true, TrainerEngine.DL4J, 1));
    }

    @AfterEach
    void end() throws IOException {
        processes.close();
    }

    @Test
    void shouldWriteDownAProcessBeforeItIsStarted() throws Exception {
        // Given a process that keeps what was written down when it came into being
        Path seen = root.resolve("seen.json");
        processes.script(
                "broker", "cp '" + directory.state() + "' '" + seen + "'; touch \"$1\"; while :; do sleep 0.3; done");

        // When
        start(state).startAndAwait(List.of(processes.plan("broker", Role.BROKER)));

        // Then
        assertThat(Files.readString(seen)).contains("\"broker\"");
        StackProcess started = state.read().orElseThrow().process("broker").orElseThrow();
        assertThat(started.isAlive()).isTrue();
        assertThat(started.address()).isEqualTo("at broker");
    }

    @Test
    void shouldStartNothingThatCannotBeWrittenDown() {
        StateFile full = new FullAfter(0);

        assertThatThrownBy(() -> start(full).start(processes.plan("broker", Role.BROKER)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("No space left");

        assertThat(StackMark.find(directory)).isEmpty();
    }

    @Test
    void shouldEndAProcessWhosePidCannotBeWrittenDown() {
        StateFile full = new FullAfter(1);

        assertThatThrownBy(() -> start(full).start(processes.plan("broker", Role.BROKER)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("No space left");

        Awaitility.await().until(() -> StackMark.find(directory).isEmpty());
    }

    @Test
    void shouldStartNothingInAStackThatIsToEnd() {
        state.change(stack -> stack.in(Phase.STOPPING));

        assertThatThrownBy(() -> start(state).start(processes.plan("broker", Role.BROKER)))
                .hasMessageContaining("being stopped");

        assertThat(StackMark.find(directory)).isEmpty();
        assertThat(state.read().orElseThrow().processes()).isEmpty();
    }

    @Test
    void shouldSayWhyAProcessEndedBeforeItWasReady() {
        processes.script("database", "echo no such directory; exit 4");

        assertThatThrownBy(() -> start(state).startAndAwait(List.of(processes.plan("database", Role.DATABASE))))
                .hasMessageStartingWith(
                        "database ended before it was ready: exit code 4; its log ends: no such directory")
                .hasMessageContaining(directory.log("database").toString());
    }

    private ProcessStart start(StateFile file) {
        return new ProcessStart(directory, file, new Watched(), told::add);
    }

    /** A disk that is full after so many more writes. */
    private final class FullAfter extends StateFile {
        private int left;

        private FullAfter(int writes) {
            super(directory);
            this.left = writes;
        }

        @Override
        boolean change(UnaryOperator<StackState> change) {
            if (left-- <= 0) {
                throw new StackException("cannot write stack.json: No space left on device");
            }
            return super.change(change);
        }
    }
}
