package io.trialstream.trainer.queue;

import static io.trialstream.trainer.Proposals.aProposal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.OpenTelemetry;
import io.trialstream.contracts.Proposal;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.TrialTraces;
import io.trialstream.trainer.TestCluster;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShareGroupTrialQueueIT {
    private static final Duration POLL = Duration.ofMillis(2500);
    private static final Duration LOCK = Duration.ofSeconds(15);

    private TestCluster cluster;
    private EventPublisher publisher;
    private ShareGroup group;

    @BeforeEach
    void join() {
        String pool = TestCluster.newPool();
        cluster = new TestCluster(pool);
        publisher = new EventPublisher(cluster.connection(), "queue-test");
        group = new ShareGroup(pool, LOCK);
        group.configure(cluster.connection());
    }

    @AfterEach
    void leave() throws InterruptedException {
        publisher.close();
        cluster.close();
    }

    @Test
    void shouldKeepARenewedRecordAndHandOnOneWhoseLockRanOut() {
        try (TrialQueue diligent = member("diligent");
                TrialQueue asleep = member("asleep");
                TrialQueue idle = member("idle")) {
            // Given: two members hold a record each, one of them renews its lock
            Proposal kept = queued(1);
            QueuedTrial held = takeFrom(diligent);
            Proposal lost = queued(2);
            QueuedTrial forgotten = takeFrom(asleep);
            assertThat(held.proposal()).isEqualTo(kept);
            assertThat(forgotten.proposal()).isEqualTo(lost);

            // When
            long begun = System.nanoTime();
            Optional<QueuedTrial> redelivered = Optional.empty();
            while (System.nanoTime() - begun < LOCK.plusSeconds(6).toNanos()) {
                redelivered = redelivered.or(() -> idle.take(POLL));
                assertThat(held.renew()).isTrue();
            }

            // Then
            assertThat(redelivered).map(QueuedTrial::proposal).contains(lost);
            assertThat(redelivered).map(QueuedTrial::deliveryCount).contains(2);
            assertThat(forgotten.renew()).isFalse();
            assertThat(forgotten.accept()).isFalse();
            assertThat(held.deliveryCount()).isEqualTo(1);
            assertThat(held.accept()).isTrue();
            assertThat(redelivered.orElseThrow().accept()).isTrue();
            assertThat(idle.take(POLL)).isEmpty();
        }
    }

    @Test
    void shouldHandOnAtOnceWhatAMemberReleasesOrLeavesBehind() {
        try (TrialQueue successor = member("successor")) {
            Proposal proposal = queued(1);
            TrialQueue leaving = member("leaving");
            QueuedTrial first = takeFrom(successor);
            first.release();
            assertThat(takeFrom(leaving, successor).proposal()).isEqualTo(proposal);
            leaving.close();
            QueuedTrial again = takeFrom(successor);
            assertThat(again.proposal()).isEqualTo(proposal);
            assertThat(again.accept()).isTrue();
        }
    }

    @Test
    void shouldHandAnyTrialToAnIdleMemberWhileAnotherIsBusy() {
        try (TrialQueue busy = member("busy");
                TrialQueue idle = member("idle")) {
            assertThat(idle.take(POLL)).isEmpty();
            Proposal kept = queued(0);
            QueuedTrial held = takeFrom(busy);
            assertThat(held.proposal()).isEqualTo(kept);
            List<Proposal> more =
                    IntStream.rangeClosed(1, 8).mapToObj(this::queued).toList();

            List<Proposal> taken = new ArrayList<>();
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (taken.size() < more.size() && System.nanoTime() < deadline) {
                // Between any two looks into the queue: several of them may take longer than the lock lasts.
                assertThat(held.renew()).isTrue();
                // On a machine so busy that the lock of what was taken ran out, the record comes again.
                idle.take(POLL)
                        .filter(QueuedTrial::accept)
                        .map(QueuedTrial::proposal)
                        .ifPresent(taken::add);
            }
            assertThat(taken).containsExactlyInAnyOrderElementsOf(more);
            assertThat(held.accept()).isTrue();
        }
    }

    @Test
    void shouldReturnFromAWaitingTakeWhenStopped() {
        try (TrialQueue queue = member("stopped")) {
            Thread stopper = new Thread(() -> {
                await().pollDelay(Duration.ofMillis(500)).until(() -> true);
                queue.stop();
            });
            stopper.start();
            long begun = System.nanoTime();
            assertThat(queue.take(Duration.ofSeconds(30))).isEmpty();
            assertThat(queue.take(Duration.ofSeconds(30))).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private Proposal queued(int number) {
        Proposal proposal = aProposal().of("queue", number).build();
        cluster.queue(group.pool(), proposal);
        return proposal;
    }

    private TrialQueue member(String clientId) {
        return new ShareGroupTrialQueue(
                cluster.connection(),
                group,
                clientId,
                new DeadLetters(publisher, group.name(), Clock.systemUTC()),
                new TrialTraces(OpenTelemetry.noop(), "test"));
    }

    /** Asks the members in turn until one gets a record. */
    private static QueuedTrial takeFrom(TrialQueue... members) {
        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (System.nanoTime() < deadline) {
            for (TrialQueue member : members) {
                Optional<QueuedTrial> taken = member.take(POLL);
                if (taken.isPresent()) {
                    return taken.get();
                }
            }
        }
        throw new AssertionError("nothing came from the queue");
    }
}
