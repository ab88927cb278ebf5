package io.trialstream.results.ingest;

import io.trialstream.contracts.Outcome;
import io.trialstream.results.outcomes.RecordedOutcomes;
import io.trialstream.results.store.ImprovementEntity;
import io.trialstream.results.store.RunEntity;
import io.trialstream.results.store.StudyEntity;
import io.trialstream.results.store.TrialEntity;
import jakarta.persistence.FindOption;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.hibernate.ReadOnlyMode;
import org.hibernate.Session;

/**
 * The rows that a batch refers to, loaded with three queries; the studies' rows are locked. Hibernate writes new rows and
 * changed studies; {@link ChangedRows} writes changed trials and runs. Confined to the transaction.
 */
final class BatchRows {
    private final Session session;
    private final Map<String, StudyEntity> studies;
    private final Map<String, TrialEntity> trials;
    private final Map<String, RunEntity> runs;
    private final Map<String, Outcome> recorded;
    private final Map<String, Long> highestRecorded;
    private final Set<String> newTrials = new HashSet<>();
    private final Set<String> newRuns = new HashSet<>();
    private final Map<String, TrialEntity> changedTrials = new TreeMap<>();
    private final Map<String, RunEntity> changedRuns = new TreeMap<>();

    private BatchRows(Session session, ReferencedIds ids, RecordedOutcomes outcomes) {
        Set<String> trialIds = union(ids.proposed(), ids.trials());
        this.session = session;
        this.studies = load(
                session,
                StudyEntity.class,
                union(ids.created(), ids.studies()),
                study -> study.studyId,
                LockModeType.PESSIMISTIC_WRITE);
        this.trials = load(session, TrialEntity.class, trialIds, trial -> trial.trialId, ReadOnlyMode.READ_ONLY);
        this.runs = load(session, RunEntity.class, ids.runs(), run -> run.runId, ReadOnlyMode.READ_ONLY);
        this.recorded = outcomes.of(trialIds);
        this.highestRecorded = outcomes.highest(ids.created());
        trials.values().stream().filter(trial -> !trial.isFinal()).forEach(this::expect);
    }

    static BatchRows load(Session session, ReferencedIds ids, RecordedOutcomes outcomes) {
        return new BatchRows(session, ids, outcomes);
    }

    /** Whether a row that must exist is missing. */
    boolean lack(ReferencedIds ids) {
        return !studies.keySet().containsAll(ids.studies()) || !trials.keySet().containsAll(ids.trials());
    }

    Optional<StudyEntity> study(String studyId) {
        return Optional.ofNullable(studies.get(studyId));
    }

    /** A trial to read; before it is changed, pass it to {@link #changing(TrialEntity)}. */
    Optional<TrialEntity> trial(String trialId) {
        return Optional.ofNullable(trials.get(trialId));
    }

    /** A run to read; before it is changed, pass it to {@link #changing(RunEntity)}. */
    Optional<RunEntity> run(String runId) {
        return Optional.ofNullable(runs.get(runId));
    }

    /** Marks the trial as changed, so that it is written with the batch. */
    TrialEntity changing(TrialEntity trial) {
        if (!newTrials.contains(trial.trialId)) {
            changedTrials.put(trial.trialId, trial);
        }
        return trial;
    }

    /** Marks the run as changed, so that it is written with the batch. */
    RunEntity changing(RunEntity run) {
        if (!newRuns.contains(run.runId)) {
            changedRuns.put(run.runId, run);
        }
        return run;
    }

    /** Trials that existed before and may have changed. */
    Collection<TrialEntity> changedTrials() {
        return changedTrials.values();
    }

    /** Runs that existed before and may have changed. */
    Collection<RunEntity> changedRuns() {
        return changedRuns.values();
    }

    void add(StudyEntity study) {
        study.countsFrom(highestRecorded.getOrDefault(study.studyId, 0L));
        session.persist(study);
        studies.put(study.studyId, study);
    }

    void add(TrialEntity trial) {
        expect(trial);
        session.persist(trial);
        newTrials.add(trial.trialId);
        trials.put(trial.trialId, trial);
    }

    void add(RunEntity run) {
        session.persist(run);
        newRuns.add(run.runId);
        runs.put(run.runId, run);
    }

    void add(ImprovementEntity improvement) {
        session.persist(improvement);
    }

    private void expect(TrialEntity trial) {
        Optional.ofNullable(recorded.get(trial.trialId)).ifPresent(trial::expects);
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> union = new TreeSet<>(a);
        union.addAll(b);
        return union;
    }

    private static <E> Map<String, E> load(
            Session session, Class<E> type, Set<String> ids, Function<E, String> id, FindOption option) {
        Map<String, E> rows = new HashMap<>();
        List<E> found = ids.isEmpty() ? List.of() : session.findMultiple(type, List.copyOf(ids), option);
        found.stream().filter(row -> row != null).forEach(row -> rows.put(id.apply(row), row));
        return rows;
    }
}
