package io.trialstream.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    private static final ProcessIdentity OWN = ProcessIdentity.of(ProcessHandle.current());

    @TempDir
    Path root;

    private StackDirectory directory;

    @BeforeEach
    void createDirectory() {
        directory = new StackDirectory(root);
        directory.create();
    }

    @Test
    void shouldReadWhatAnotherCommandWrote() {
        StackState written = StackState.startedBy(OWN, true, TrainerEngine.LIBTORCH, 2)
                .with(trainer("trainer-1"))
                .with(trainer("trainer-2").told());

        new StateFile(directory).reset(written);

        assertThat(new StateFile(directory).read()).contains(written);
    }

    @Test
    void shouldTolerateFieldsOfALaterVersion() throws Exception {
        new StateFile(directory).reset(StackState.startedBy(OWN, true, TrainerEngine.LIBTORCH, 2));
        String json = Files.readString(directory.state());
        Files.writeString(directory.state(), json.replaceFirst("\\{", "{\"later\": 1,"));

        assertThat(new StateFile(directory).read())
                .contains(StackState.startedBy(OWN, true, TrainerEngine.LIBTORCH, 2));
    }

    @Test
    void shouldReadWhatAnEarlierVersionWrote() throws Exception {
        Files.writeString(
                directory.state(),
                """
                { "keeper": { "pid": 5, "startedAtMillis": 6 }, "attached": false, "engine": "DL4J", "slots": 1,
                  "processes": [ { "name": "broker", "role": "BROKER", "identity": { "pid": 7, "startedAtMillis": 8 },
                                   "address": "127.0.0.1:9", "leaving": false } ] }""");

        StackState read = new StateFile(directory).read().orElseThrow();

        assertThat(read.phase()).isEqualTo(Phase.RUNNING);
        assertThat(read.process("broker").orElseThrow().restarts()).isEqualTo(Restarts.NONE);
    }

    @Test
    void shouldTakeAFileThatNobodyCanReadForNone() throws Exception {
        for (String broken : new String[] {"", "{ \"keeper\" : {", "[]"}) {
            Files.writeString(directory.state(), broken);

            assertThat(new StateFile(directory).read()).as("'%s'", broken).isEmpty();
        }
    }

    @Test
    void shouldKeepThePlaceOfAProcessThatIsStartedAgain() {
        StackState state = StackState.startedBy(OWN, true, TrainerEngine.DL4J, 1)
                .with(trainer("trainer-1"))
                .with(trainer("trainer-2"));

        assertThat(state.with(trainer("trainer-1").starting("elsewhere")).trainers())
                .extracting(StackProcess::name)
                .containsExactly("trainer-1", "trainer-2");
    }

    @Test
    void shouldLoseNoChangeOfManyAtATime() throws Exception {
        // Given
        new StateFile(directory).reset(StackState.startedBy(OWN, true, TrainerEngine.LIBTORCH, 2));
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(number -> new Thread(() -> addAfter(begin, "trainer-" + number)))
                .toList();

        // When
        threads.forEach(Thread::start);
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        // Then
        assertThat(new StateFile(directory).read().orElseThrow().trainers()).hasSize(8);
    }

    private void addAfter(CountDownLatch begin, String name) {
        try {
            begin.await();
            new StateFile(directory).change(state -> state.with(trainer(name)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static StackProcess trainer(String name) {
        return new StackProcess(name, Role.TRAINER, OWN, "http://127.0.0.1:1", false, Restarts.NONE);
    }
}
