package io.trialstream.trainer;

import static io.trialstream.trainer.Proposals.aProposal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrainerEvent;
import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.TrialReport.Finished;
import io.trialstream.contracts.TrialReport.Started;
import io.trialstream.contracts.TrialState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** A trainer on a real broker. */
class TrainerIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private String pool;
    private TestCluster cluster;

    @BeforeEach
    void join(TestInfo test) {
        pool = test.getTestMethod().orElseThrow().getName();
        cluster = new TestCluster(pool);
    }

    @AfterEach
    void leave() throws InterruptedException {
        cluster.close();
    }

    @Test
    void shouldTrainAndReportAQueuedTrial() {
        // Given
        Proposal proposal = aProposal().build();
        cluster.queue(pool, proposal);
        Trainer trainer = cluster.trainer("it-single", pool, 1);

        // When
        trainer.start();
        await().atMost(SOON).until(() -> !cluster.reports(proposal.trialId(), Finished.class).isEmpty());
        trainer.drain();

        // Then
        assertThat(cluster.reports(proposal.trialId())).hasSize(2).first().isInstanceOf(Started.class);
        Finished finished = cluster.reports(proposal.trialId(), Finished.class).get(0);
        assertThat(finished.state()).isEqualTo(TrialState.COMPLETED);
        assertThat(finished.epochs()).isEqualTo(3);
        assertThat(finished.bestEpoch()).isEqualTo(3);
        await().atMost(SOON).untilAsserted(() -> assertThat(cluster.epochs(proposal.trialId())).hasSize(3));
        await().atMost(SOON).untilAsserted(() -> assertThat(cluster.heartbeats("it-single"))
                .extracting(Heartbeat::state)
                .startsWith(TrainerEvent.State.STARTING)
                .contains(TrainerEvent.State.READY, TrainerEvent.State.DRAINING)
                .endsWith(TrainerEvent.State.STOPPED));
    }
}
