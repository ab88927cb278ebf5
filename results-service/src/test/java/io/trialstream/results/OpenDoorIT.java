package io.trialstream.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.infrastructure.SharedServers;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A service that everybody could command does not start, as a process of its own shows. */
class OpenDoorIT {

    @Test
    void shouldNotStartForEverybodyWithoutAccessControl() throws IOException {
        try (ResultsProcess open = ResultsProcess.start(
                SharedServers.bootstrapServers(), SharedServers.freshDatabase(), "-Dquarkus.http.host=0.0.0.0")) {
            assertThat(open.awaitEnd()).isNotZero();
            assertThat(open.log())
                    .contains("access control is off, and quarkus.http.host=0.0.0.0 lets others in")
                    .doesNotContain("Listening on");
        }
    }
}
