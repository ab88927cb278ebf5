package io.trialstream.results.commands;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.trialstream.contracts.StudyState;
import io.trialstream.results.ResultsSettings;
import io.trialstream.results.store.StudyEntity;
import io.trialstream.results.store.TrialEntity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Delays the answer to a command until the ingest has stored its effect, so that the next read, on any replica, sees
 * it. Gives up after a while; the command has taken effect all the same.
 */
@ApplicationScoped
public class ReadYourWrites {
    private static final long LOOK_AGAIN_MILLIS = 10;

    private final ResultsSettings settings;

    ReadYourWrites(ResultsSettings settings) {
        this.settings = settings;
    }

    /** Waits for what the suggester's answer shows: a study in its state, a new trial, or the last one of several. */
    void await(JsonNode answer) {
        if (answer.path("studyId").isTextual()) {
            String studyId = answer.path("studyId").asText();
            Optional<StudyState> state = state(answer.path("state").asText());
            await(() -> isStored(studyId, state));
        } else if (answer.path("trialIds").isArray() && !answer.path("trialIds").isEmpty()) {
            String last = answer.path("trialIds")
                    .get(answer.path("trialIds").size() - 1)
                    .asText();
            awaitTrial(last);
        } else if (answer.path("trialId").isTextual()) {
            awaitTrial(answer.path("trialId").asText());
        }
    }

    private void awaitTrial(String trialId) {
        await(() -> TrialEntity.count("trialId = ?1", trialId) > 0);
    }

    /** Waits until readers see the end of this trial. */
    void awaitFinal(String trialId) {
        await(() -> TrialEntity.count("trialId = ?1 and recordedAt is not null", trialId) > 0);
    }

    private void await(BooleanSupplier seen) {
        long deadline = System.nanoTime() + settings.readYourWrites().toNanos();
        while (!QuarkusTransaction.requiringNew().call(seen::getAsBoolean) && System.nanoTime() < deadline) {
            try {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static boolean isStored(String studyId, Optional<StudyState> state) {
        return StudyEntity.<StudyEntity>findByIdOptional(studyId)
                .filter(study -> state.isEmpty() || state.get() == study.state)
                .isPresent();
    }

    private static Optional<StudyState> state(String name) {
        return Arrays.stream(StudyState.values())
                .filter(state -> state.name().equals(name))
                .findFirst();
    }
}
