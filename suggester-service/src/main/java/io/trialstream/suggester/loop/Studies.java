package io.trialstream.suggester.loop;

import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.suggester.study.Proposer;
import io.trialstream.suggester.study.StudyHistory;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All studies, in the order of their creation. Confined to the suggester's loop. */
final class Studies {
    private final Map<String, ActiveStudy> byId = new LinkedHashMap<>();
    private final Function<StudySpec, Proposer> proposers;

    Studies() {
        this(Proposer::new);
    }

    /** Their samplers are made so. */
    Studies(Function<StudySpec, Proposer> proposers) {
        this.proposers = proposers;
    }

    void apply(StudyRecord record) {
        ActiveStudy known = byId.get(record.studyId());
        if (known == null) {
            byId.put(record.studyId(), new ActiveStudy(record, proposers));
        } else {
            known.history().apply(record);
        }
    }

    /** Keeps of a deleted study only that it was one: its trials take up neither slots nor memory. */
    void forget(ActiveStudy deleted) {
        byId.put(deleted.studyId(), new ActiveStudy(deleted.history().record(), proposers));
    }

    Optional<ActiveStudy> byId(String studyId) {
        return Optional.ofNullable(byId.get(studyId));
    }

    /** By id, or by name among those that are not deleted. */
    Optional<ActiveStudy> find(String idOrName) {
        return byId(idOrName).filter(Studies::exists).or(() -> existing().stream()
                .filter(study -> study.history().spec().name().equals(idOrName))
                .findFirst());
    }

    Optional<ActiveStudy> byIdempotencyKey(String key) {
        return byId.values().stream()
                .filter(study -> study.history().record().idempotencyKey().equals(Optional.of(key)))
                .findFirst();
    }

    /** All studies that are not deleted. */
    List<ActiveStudy> existing() {
        return byId.values().stream().filter(Studies::exists).toList();
    }

    Collection<StudyHistory> histories() {
        return byId.values().stream().map(ActiveStudy::history).toList();
    }

    private static boolean exists(ActiveStudy study) {
        return study.history().record().state() != StudyState.DELETED;
    }
}
