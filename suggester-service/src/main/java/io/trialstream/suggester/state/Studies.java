package io.trialstream.suggester.state;

import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.study.StudySpec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** All studies, in the order of their creation. Confined to the suggester's loop. */
public final class Studies {
    private final Map<String, ActiveStudy> byId = new LinkedHashMap<>();
    private final Function<StudySpec, Proposer> proposers;

    /** No studies; each gets a proposer of its own settings. */
    public Studies() {
        this(Proposer::new);
    }

    /** No studies; {@code proposers} makes the proposer of each. */
    public Studies(Function<StudySpec, Proposer> proposers) {
        this.proposers = proposers;
    }

    /** Adds a study, or replaces its record by a newer one. */
    public void apply(StudyRecord record) {
        ActiveStudy known = byId.get(record.studyId());
        if (known == null) {
            byId.put(record.studyId(), new ActiveStudy(record, proposers));
        } else {
            known.history().apply(record);
        }
    }

    /** Keeps only the record of a deleted study: its trials take up neither slots nor memory. */
    public void dropTrials(ActiveStudy deleted) {
        byId.put(deleted.studyId(), new ActiveStudy(deleted.history().record(), proposers));
    }

    /** A study by its id, deleted or not. */
    public Optional<ActiveStudy> byId(String studyId) {
        return Optional.ofNullable(byId.get(studyId));
    }

    /** By id, or by name among those that are not deleted. */
    public Optional<ActiveStudy> find(String idOrName) {
        return byId(idOrName).filter(Studies::exists).or(() -> existing().stream()
                .filter(study -> study.history().spec().name().equals(idOrName))
                .findFirst());
    }

    /** The study that a request with this key created. */
    public Optional<ActiveStudy> byIdempotencyKey(String key) {
        return byId.values().stream()
                .filter(study -> study.history().record().idempotencyKey().equals(Optional.of(key)))
                .findFirst();
    }

    /** All studies that are not deleted. */
    public List<ActiveStudy> existing() {
        return byId.values().stream().filter(Studies::exists).toList();
    }

    /** What is known of all studies, deleted ones included. */
    public Collection<StudyHistory> histories() {
        return byId.values().stream().map(ActiveStudy::history).toList();
    }

    private static boolean exists(ActiveStudy study) {
        return study.history().record().state() != StudyState.DELETED;
    }
}
