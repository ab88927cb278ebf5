package io.trialstream.results.outcomes;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Topics;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.FaultPoint;
import jakarta.enterprise.context.ApplicationScoped;
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

    OutcomeFeed(EventPublisher publisher, UnpublishedOutcomes unpublished) {
        this.publisher = publisher;
        this.unpublished = unpublished;
    }

    /**
     * Publishes at once, waits until the broker has them, and notes that.
     *
     * @throws java.util.concurrent.CompletionException if the broker did not take one in time; a sweep will retry
     */
    public void publish(List<Outcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        FaultPoint.at("results.committed");
        CompletableFuture.allOf(outcomes.stream().map(this::send).toArray(CompletableFuture[]::new))
                .join();
        FaultPoint.at("results.published");
        QuarkusTransaction.requiringNew().run(() -> unpublished.remove(outcomes));
    }

    /**
     * Publishes every outcome that is not known to be published.
     *
     * @return how many there were
     */
    public int sweep() {
        int published = 0;
        while (true) {
            List<Outcome> page = QuarkusTransaction.requiringNew().call(() -> unpublished.first(SWEEP_PAGE));
            publish(page);
            published += page.size();
            if (page.size() < SWEEP_PAGE) {
                break;
            }
        }
        if (published > 0) {
            LOG.infof("outcomes published by the sweep count=%d", published);
        }
        return published;
    }

    private CompletableFuture<Void> send(Outcome outcome) {
        return publisher.publish(
                Topics.TRIAL_OUTCOMES, outcome.studyId(), outcome.trialId().toString(), outcome);
    }
}
