package io.trialstream.results.commands;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.trialstream.results.ResultsSettings;
import io.trialstream.results.store.StudyEntity;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Keeps a command's answer back until the ingest has what the command changed, so that whoever reads next, on any replica,
 * sees it. Gives up after a while: the command has happened all the same.
 */
@ApplicationScoped
public class ReadYourWrites {
    private static final long LOOK_AGAIN_MILLIS = 10;

    private final ResultsSettings settings;

    ReadYourWrites(ResultsSettings settings) {
        this.settings = settings;
    }

    /** Waits until this study is stored in this revision or a later one; at once for a blank id. */
    void await(String studyId, long revision) {
        long deadline = System.nanoTime() + settings.readYourWrites().toNanos();
        while (!studyId.isBlank() && !isStored(studyId, revision) && System.nanoTime() < deadline) {
            try {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static boolean isStored(String studyId, long revision) {
        return QuarkusTransaction.requiringNew().call(() ->
                StudyEntity.count("studyId = ?1 and revision >= ?2", studyId, revision) > 0);
    }
}
