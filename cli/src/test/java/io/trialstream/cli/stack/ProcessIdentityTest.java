package io.trialstream.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
    private final ProcessIdentity own = ProcessIdentity.of(ProcessHandle.current());

    @Test
    void shouldKnowALivingProcess() {
        assertThat(own.living()).contains(ProcessHandle.current());
    }

    @Test
    void shouldNotTakeALaterProcessWithTheSamePidForIt() {
        ProcessIdentity earlier = new ProcessIdentity(own.pid(), own.startedAtMillis() - 60_000);

        assertThat(earlier.isAlive()).isFalse();
    }

    @Test
    void shouldNotFindAProcessThatEnded() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        ProcessIdentity identity = ProcessIdentity.of(process.toHandle());
        assertThat(identity.isAlive()).isTrue();

        process.destroyForcibly().waitFor();

        assertThat(identity.isAlive()).isFalse();
    }
}
