package io.trialstream.trainer.queue;

import io.trialstream.contracts.Proposal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A queue in memory that notes what became of each trial and loses locks when it is told to. */
public final class InMemoryTrialQueue implements TrialQueue {
    private final BlockingQueue<Optional<Proposal>> waiting = new LinkedBlockingQueue<>();
    private final List<Proposal> accepted = new CopyOnWriteArrayList<>();
    private final List<Proposal> released = new CopyOnWriteArrayList<>();
    private volatile boolean losesLocks;
    private volatile boolean stopped;
    private volatile boolean closed;
    private volatile int renewals;
    private volatile int deliveryCount = 1;

    /** Puts a trial into the queue. */
    public void put(Proposal proposal) {
        waiting.add(Optional.of(proposal));
    }

    /** Every trial has been handed out so often, this time included. */
    public void deliverFor(int count) {
        deliveryCount = count;
    }

    /** From now on renewals and acceptances fail. */
    public void loseLocks() {
        losesLocks = true;
    }

    public List<Proposal> accepted() {
        return accepted;
    }

    public List<Proposal> released() {
        return released;
    }

    public int renewals() {
        return renewals;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public Optional<QueuedTrial> take(Duration timeout) {
        if (stopped) {
            return Optional.empty();
        }
        try {
            Optional<Proposal> next = waiting.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return next == null ? Optional.empty() : next.map(Taken::new);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        stopped = true;
        waiting.add(Optional.empty());
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Taken implements QueuedTrial {
        private final Proposal proposal;

        private Taken(Proposal proposal) {
            this.proposal = proposal;
        }

        @Override
        public Proposal proposal() {
            return proposal;
        }

        @Override
        public int deliveryCount() {
            return deliveryCount;
        }

        @Override
        public boolean renew() {
            renewals++;
            return !losesLocks;
        }

        @Override
        public boolean accept() {
            if (!losesLocks) {
                accepted.add(proposal);
            }
            return !losesLocks;
        }

        @Override
        public void release() {
            released.add(proposal);
        }
    }
}
