package io.trialstream.results.outcomes;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Topics;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.FaultPoint;
import io.trialstream.results.store.TrialEntity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Puts outcomes on their topic. Called by the ingesting thread alone, after the commit that stored them. A crash
 * between commit, publication and mark leaves rows whose published version lags; {@link #sweep} finds them. An outcome
 * may so be published twice: readers keep the highest version.
 */
@ApplicationScoped
public class OutcomeFeed {
    private static final Logger LOG = Logger.getLogger(OutcomeFeed.class);
    private static final int SWEEP_PAGE = 1_000;

    private final EventPublisher publisher;

    OutcomeFeed(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /**
     * Publishes at once, waits until the broker has them, and marks the rows.
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
        QuarkusTransaction.requiringNew().run(() -> mark(outcomes));
    }

    /**
     * Publishes every outcome that is not marked as published.
     *
     * @return how many there were
     */
    public int sweep() {
        int published = 0;
        while (true) {
            List<Outcome> page = QuarkusTransaction.requiringNew()
                    .call(() -> TrialEntity.unpublished(SWEEP_PAGE).stream()
                            .map(TrialEntity::outcome)
                            .toList());
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

    /** A final trial's version never changes again, so what was sent is what the row holds. */
    private static void mark(List<Outcome> outcomes) {
        TrialEntity.getEntityManager()
                .createNativeQuery(
                        "update trial set published_version = version where trial_id = any(:ids) and recorded_at is not null")
                .setParameter(
                        "ids",
                        outcomes.stream()
                                .map(outcome -> outcome.trialId().toString())
                                .toArray(String[]::new))
                .executeUpdate();
    }
}
