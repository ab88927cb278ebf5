package io.trialstream.results.outcomes;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Topics;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.FaultPoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Publishes outcomes. Called by the ingesting thread only, after the commit that stored them. After a crash before the
 * publication, {@link #sweep} finds the outcomes; after a crash before they were marked as published, some are
 * published twice, and readers keep the highest version.
 */
@ApplicationScoped
public class OutcomeFeed {
    private static final Logger LOG = Logger.getLogger(OutcomeFeed.class);
    private static final int SWEEP_PAGE = 1_000;

    private final EventPublisher publisher;
    private final UnpublishedOutcomes unpublished;
    /** Published, and not yet marked as published. */
    private final List<Outcome> published = new ArrayList<>();
    /** Handed to the broker last, and not yet acknowledged. */
    private List<Outcome> underway = List.of();

    private CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);

    OutcomeFeed(EventPublisher publisher, UnpublishedOutcomes unpublished) {
        this.publisher = publisher;
        this.unpublished = unpublished;
    }

    /**
     * Waits until the broker has acknowledged the previous outcomes, then hands over these without waiting: the next
     * batch can be stored meanwhile. They are marked as published with that batch, or by {@link #settle}.
     *
     * @throws java.util.concurrent.CompletionException if the broker did not take an earlier one in time; a sweep will
     *     retry
     */
    public void publish(List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        await();
        FaultPoint.RESULTS_COMMITTED.reached();
        underway = outcomes;
        sent = CompletableFuture.allOf(outcomes.stream().map(this::send).toArray(CompletableFuture[]::new));
    }

    /**
     * The outcomes that are published and not yet marked so. After the commit of a transaction that marks them, call
     * {@link #noted}.
     */
    public List<Outcome> published() {
        if (sent.isDone()) {
            await();
        }
        return List.copyOf(published);
    }

    /** The mark of these outcomes is committed. */
    public void noted(List<Outcome> outcomes) {
        published.subList(0, outcomes.size()).clear();
    }

    /** Marks what the broker has acknowledged, when there is nothing else to store. Does not wait. */
    public void settle() {
        List<Outcome> outcomes = published();
        if (!outcomes.isEmpty()) {
            QuarkusTransaction.requiringNew().run(() -> unpublished.removeUnhurried(outcomes));
            noted(outcomes);
        }
    }

    /** Waits until the broker has acknowledged everything, and marks it. */
    public void drain() {
        await();
        settle();
    }

    /**
     * Drops what is in flight when the ingest restarts; a sweep will find it. Waits until each send has succeeded or
     * failed, so that none can arrive after the topic was read.
     */
    public void reset() {
        sent.handle((done, failure) -> null).join();
        underway = List.of();
        sent = CompletableFuture.completedFuture(null);
        published.clear();
    }

    /**
     * Publishes every outcome that is not known to be published.
     *
     * @return how many there were
     */
    public int sweep() {
        drain();
        int count = 0;
        List<Outcome> page;
        do {
            page = QuarkusTransaction.requiringNew().call(() -> unpublished.first(SWEEP_PAGE));
            publish(page);
            drain();
            count += page.size();
        } while (page.size() == SWEEP_PAGE);
        if (count > 0) {
            LOG.infof("outcomes published by the sweep count=%d", count);
        }
        return count;
    }

    /** Waits until the broker has acknowledged what is in flight. */
    private void await() {
        sent.join();
        if (!underway.isEmpty()) {
            FaultPoint.RESULTS_PUBLISHED.reached();
            published.addAll(underway);
            underway = List.of();
        }
    }

    private CompletableFuture<Void> send(Outcome outcome) {
        return publisher.publish(
                Topics.TRIAL_OUTCOMES, outcome.studyId(), outcome.trialId().toString(), outcome);
    }
}
