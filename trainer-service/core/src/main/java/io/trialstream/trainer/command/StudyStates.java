package io.trialstream.trainer.command;

import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The state of each study on {@code studies}. Thread-safe: one thread applies, all may ask. */
public final class StudyStates {
    private final ConcurrentMap<String, StudyState> states = new ConcurrentHashMap<>();

    /** Applies the newest record of a study. */
    public void apply(StudyRecord study) {
        states.put(study.studyId(), study.state());
    }

    /** Where the study stands; empty if its record has not been read yet. */
    public Optional<StudyState> of(String studyId) {
        return Optional.ofNullable(states.get(studyId));
    }
}
