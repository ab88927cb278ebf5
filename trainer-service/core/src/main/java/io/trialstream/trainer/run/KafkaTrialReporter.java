package io.trialstream.trainer.run;

import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrialReport;
import io.trialstream.messaging.EventPublisher;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports on {@code trial-reports} and {@code trial-epochs}. */
public final class KafkaTrialReporter implements TrialReporter {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaTrialReporter.class);

    private final EventPublisher publisher;

    /** Reports through this publisher. */
    public KafkaTrialReporter(EventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void report(TrialReport report) {
        while (!delivered(report)) {
            LOG.warn("report again trialId={} kind={}", report.run().trialId(), report.getClass().getSimpleName());
        }
    }

    @Override
    public void report(EpochReport report) {
        publisher.publish(Topics.TRIAL_EPOCHS, report.run().studyId(), report.run().trialId().toString(), report)
                .exceptionally(failure -> {
                    LOG.warn("an epoch's metrics were not delivered trialId={} epoch={}: {}",
                            report.run().trialId(), report.epoch(), failure.getMessage());
                    return null;
                });
    }

    /** The producer has retried for two minutes when it gives up; a second copy of a report changes nothing. */
    private boolean delivered(TrialReport report) {
        try {
            publisher.publish(Topics.TRIAL_REPORTS, report.run().studyId(), report.run().trialId().toString(), report).join();
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof RetriableException) {
                LOG.warn("a report was not delivered trialId={}: {}", report.run().trialId(), e.getCause().getMessage());
                return false;
            }
            throw e;
        }
    }
}
