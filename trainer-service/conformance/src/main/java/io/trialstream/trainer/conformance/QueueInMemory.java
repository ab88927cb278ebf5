package io.trialstream.trainer.conformance;

import io.trialstream.contracts.Proposal;
import io.trialstream.trainer.queue.QueuedTrial;
import io.trialstream.trainer.queue.TrialQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A queue that several slots take from. Locks on it are never lost, and nothing is handed out twice. Thread-safe. */
final class QueueInMemory {
    private final BlockingQueue<Proposal> waiting;

    QueueInMemory(Collection<Proposal> proposals) {
        this.waiting = new LinkedBlockingQueue<>(proposals);
    }

    /** A slot's access. */
    TrialQueue member() {
        return new Member();
    }

    private final class Member implements TrialQueue {
        private volatile boolean stopped;

        @Override
        public Optional<QueuedTrial> take(Duration timeout) {
            try {
                return stopped
                        ? Optional.empty()
                        : Optional.ofNullable(waiting.poll(timeout.toMillis(), TimeUnit.MILLISECONDS))
                                .map(Taken::new);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while it waited for a trial", e);
            }
        }

        @Override
        public void stop() {
            stopped = true;
        }

        @Override
        public void close() {
            stopped = true;
        }
    }

    private record Taken(Proposal proposal) implements QueuedTrial {
        @Override
        public int deliveryCount() {
            return 1;
        }

        @Override
        public boolean renew() {
            return true;
        }

        @Override
        public boolean accept() {
            return true;
        }

        @Override
        public void release() {
            throw new IllegalStateException("nobody else takes trials here");
        }
    }
}
