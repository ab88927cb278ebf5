package io.trialstream.suggester.imports;

import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.Topics;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.suggester.command.ImportCommands.Numbered;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Reports the epochs of imported trials on {@code trial-epochs}, after the trials exist. Epochs that are reported again
 * change nothing, so a file that is sent again completes what a crash had left out.
 */
@ApplicationScoped
class ImportedHistories {
    private final KafkaConnection connection;
    private Optional<EventPublisher> publisher = Optional.empty();

    ImportedHistories(KafkaConnection connection) {
        this.connection = connection;
    }

    /**
     * Goes through the file once more and reports the epochs of those trials that have a number.
     *
     * @param trials for each trial of the file its number; empty where it is not imported
     * @throws ImportRefusedException if the broker did not take all of them
     */
    void publish(ImportFile file, ImportFormat format, List<Optional<Numbered>> trials) {
        Iterator<Optional<Numbered>> next = trials.iterator();
        try {
            file.forEach(entry -> next.next()
                    .flatMap(Numbered::run)
                    .ifPresent(run ->
                            publish(run, format.history(entry.tree().orElseThrow(), new FieldReader(entry.place())))));
        } catch (CompletionException e) {
            throw new ImportRefusedException(
                    ImportRefusedException.Kind.HISTORIES_INCOMPLETE,
                    "the trials are imported, but not all their histories; send the file again");
        }
    }

    private void publish(Run run, List<ImportedEpoch> history) {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (ImportedEpoch epoch : history) {
            EpochReport report = new EpochReport(
                    run, epoch.epoch(), epoch.metrics(), epoch.duration(), Optional.empty(), Instant.now());
            sent.add(publisher()
                    .publish(Topics.TRIAL_EPOCHS, run.studyId(), run.trialId().toString(), report));
        }
        sent.forEach(CompletableFuture::join);
    }

    private synchronized EventPublisher publisher() {
        if (publisher.isEmpty()) {
            publisher = Optional.of(new EventPublisher(connection, "suggester-imports"));
        }
        return publisher.get();
    }

    @PreDestroy
    void close() {
        publisher.ifPresent(EventPublisher::close);
    }
}
