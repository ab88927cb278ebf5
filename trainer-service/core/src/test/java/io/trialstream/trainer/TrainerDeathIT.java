package io.trialstream.trainer;

import static io.trialstream.trainer.Proposals.aProposal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.TrialReport.Finished;
import io.trialstream.contracts.TrialReport.ResumePoint;
import io.trialstream.contracts.TrialReport.Started;
import io.trialstream.infrastructure.BrokerPorts;
import io.trialstream.infrastructure.EmbeddedBroker;
import io.trialstream.messaging.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a trial when its trainer or the broker goes away. */
class TrainerDeathIT {
    private static final Duration SOON = Duration.ofSeconds(180);

    @TempDir
    private Path directory;

    @Test
    void shouldTakeOverTheTrialOfAKilledTrainerAfterItsHeartbeatsHaveEnded() throws Exception {
        try (TestCluster cluster = new TestCluster("killed")) {
            // Given
            Proposal proposal = aProposal()
                    .of("killed", 1)
                    .sleeping(6, Duration.ofMillis(500))
                    .build();
            Process victim = TrainerProcess.start(cluster, "victim", "killed", directory);
            Trainer heir = cluster.trainer("heir", "killed", 1);
            try {
                await().atMost(SOON).until(() -> !cluster.heartbeats("victim").isEmpty());
                cluster.queue("killed", proposal);
                await().atMost(SOON)
                        .until(() -> !cluster.epochs(proposal.trialId()).isEmpty());

                // When
                heir.start();
                await().atMost(SOON).until(() -> heir.condition().isReady());
                victim.destroyForcibly().waitFor();
                long killed = System.nanoTime();
                await().atMost(SOON)
                        .until(() -> cluster.reports(proposal.trialId(), Started.class)
                                        .size()
                                == 2);
                Duration idle = Duration.ofNanos(System.nanoTime() - killed);

                // Then
                await().atMost(SOON).until(() -> !cluster.reports(proposal.trialId(), Finished.class)
                        .isEmpty());
                assertThat(cluster.reports(proposal.trialId(), Started.class))
                        .extracting(Started::run)
                        .extracting(Run::trainerId)
                        .containsExactly("victim", "heir");
                assertThat(cluster.reports(proposal.trialId(), Finished.class)).hasSize(1);
                assertOneCurve(cluster, proposal);
                assertThat(idle)
                        .as("three heartbeats of half a second, not the lock's 15 s")
                        .isBetween(Duration.ofMillis(800), Duration.ofSeconds(12));
            } finally {
                victim.destroyForcibly();
                heir.drain();
            }
        }
    }

    @Test
    void shouldGoOnWithItsTrialWhenTheBrokerRestartsAndNobodyElseTrainsIt() throws Exception {
        // Given
        BrokerPorts ports = BrokerPorts.free();
        EmbeddedBroker broker = EmbeddedBroker.start(directory, ports, Map.of());
        try (TestCluster cluster = new TestCluster(
                new KafkaConnection(Map.of("bootstrap.servers", broker.bootstrapServers())), "restart")) {
            Proposal proposal = aProposal()
                    .of("restart", 1)
                    .sleeping(40, Duration.ofMillis(500))
                    .build();
            Trainer busy = cluster.trainer("busy", "restart", 1);
            Trainer idle = cluster.trainer("idle", "restart", 1);
            try {
                cluster.queue("restart", proposal);
                busy.start();
                await().atMost(SOON)
                        .until(() -> !cluster.epochs(proposal.trialId()).isEmpty());
                idle.start();
                await().atMost(SOON).until(() -> idle.condition().isReady());

                // When
                broker.close();
                await().atMost(SOON)
                        .until(() ->
                                !busy.condition().isReady() && !idle.condition().isReady());
                assertThat(busy.condition().isAlive()).isTrue();
                broker = EmbeddedBroker.start(directory, ports, Map.of());

                // Then
                await().atMost(SOON).until(() -> !cluster.reports(proposal.trialId(), Finished.class)
                        .isEmpty());
                Proposal next = aProposal().of("restart", 2).build();
                cluster.queue("restart", next);
                await().atMost(SOON).until(() -> !cluster.reports(next.trialId(), Finished.class)
                        .isEmpty());
                assertThat(cluster.reports(proposal.trialId(), Started.class)).hasSize(1);
                assertThat(cluster.reports(proposal.trialId(), Finished.class)).hasSize(1);
                assertThat(busy.condition().isReady() && idle.condition().isReady())
                        .isTrue();
            } finally {
                busy.drain();
                idle.drain();
            }
        } finally {
            broker.close();
        }
    }

    /** The heir goes on where the victim's last checkpoint was, and what both reported is what one run would have. */
    private static void assertOneCurve(TestCluster cluster, Proposal proposal) {
        Run victim = cluster.reports(proposal.trialId(), Started.class).get(0).run();
        ResumePoint resumed = cluster.reports(proposal.trialId(), Started.class)
                .get(1)
                .resumedFrom()
                .orElseThrow();
        assertThat(resumed.runId()).isEqualTo(victim.runId());
        List<Integer> curve = new ArrayList<>();
        for (EpochReport epoch : cluster.epochs(proposal.trialId())) {
            if (!epoch.run().equals(victim) || epoch.epoch() <= resumed.epoch()) {
                curve.add(epoch.epoch());
            }
        }
        assertThat(curve).containsExactly(1, 2, 3, 4, 5, 6);
        Finished finished = cluster.reports(proposal.trialId(), Finished.class).get(0);
        assertThat(finished.epochs()).isEqualTo(6);
        assertThat(finished.bestEpoch()).isEqualTo(6);
        assertThat(cluster.checkpoints().resolve("killed")).isEmptyDirectory();
    }
}
