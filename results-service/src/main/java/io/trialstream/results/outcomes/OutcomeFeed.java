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
 * Puts outcomes on their topic. Called by the ingesting thread alone, after the commit that stored them. A crash
 * between commit and publication leaves outcomes that {@link #sweep} finds, one between publication and its note has some
 * published twice: readers keep the highest version.
 */
@ApplicationScoped
public class OutcomeFeed {
    private static final Logger LOG = Logger.getLogger(OutcomeFeed.class);
    private static final int SWEEP_PAGE = 1_000;

    private final EventPublisher publisher;
    private final UnpublishedOutcomes unpublished;
    /** Those that the broker has, and that are not noted. */
    private final List<Outcome> published = new ArrayList<>();
    /** Those handed to it last, until {@link #sent}. */
    private List<Outcome> underway = List.of();

    private CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);

    OutcomeFeed(EventPublisher publisher, UnpublishedOutcomes unpublished) {
        this.publisher = publisher;
        this.unpublished = unpublished;
    }

    /**
     * Hands these to the broker, once it has those before them, and does not wait for it: the next batch can be stored
     * meanwhile. they are noted with it, or by {@link #settle}.
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
     * Those that the broker has and of which that is not noted yet. Who notes it in a transaction says so with
     * {@link #noted} after its commit.
     */
    public List<Outcome> published() {
        if (sent.isDone()) {
            await();
        }
        return List.copyOf(published);
    }

    /** It is committed that the broker has these. */
    public void noted(List<Outcome> outcomes) {
        published.subList(0, outcomes.size()).clear();
    }

    /** Notes what the broker has by now; for when nothing else is to be stored. Does not wait. */
    public void settle() {
        List<Outcome> outcomes = published();
        if (!outcomes.isEmpty()) {
            QuarkusTransaction.requiringNew().run(() -> unpublished.removeUnhurried(outcomes));
            noted(outcomes);
        }
    }

    /** Waits until the broker has all that it was given, and notes that. */
    public void drain() {
        await();
        settle();
    }

    /**
     * Forgets what is underway, where the ingest begins again: a sweep will find it. Waits until the broker has it or has
     * not, so that none of it can come after the topic was read.
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

    /** Waits until the broker has what is underway. */
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
