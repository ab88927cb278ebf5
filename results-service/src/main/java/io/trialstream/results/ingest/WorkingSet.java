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
 * The rows that a batch touches, loaded with three queries; the studies' rows are locked. Hibernate writes what is new and
 * what becomes of the studies; trials and runs that were there are {@link ChangedRows}. Confined to the transaction.
 */
final class WorkingSet {
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

    private WorkingSet(Session session, Mentioned mentioned, RecordedOutcomes outcomes) {
        Set<String> ids = union(mentioned.proposed(), mentioned.trials());
        this.session = session;
        this.studies = load(
                session,
                StudyEntity.class,
                union(mentioned.created(), mentioned.studies()),
                study -> study.studyId,
                LockModeType.PESSIMISTIC_WRITE);
        this.trials = load(session, TrialEntity.class, ids, trial -> trial.trialId, ReadOnlyMode.READ_ONLY);
        this.runs = load(session, RunEntity.class, mentioned.runs(), run -> run.runId, ReadOnlyMode.READ_ONLY);
        this.recorded = outcomes.of(ids);
        this.highestRecorded = outcomes.highest(mentioned.created());
        trials.values().stream().filter(trial -> !trial.isFinal()).forEach(this::expect);
    }

    static WorkingSet load(Session session, Mentioned mentioned, RecordedOutcomes outcomes) {
        return new WorkingSet(session, mentioned, outcomes);
    }

    /** Whether something that must exist does not. */
    boolean lack(Mentioned mentioned) {
        return !studies.keySet().containsAll(mentioned.studies())
                || !trials.keySet().containsAll(mentioned.trials());
    }

    Optional<StudyEntity> study(String studyId) {
        return Optional.ofNullable(studies.get(studyId));
    }

    /** To look at: what changes it says so with {@link #changing(TrialEntity)}. */
    Optional<TrialEntity> trial(String trialId) {
        return Optional.ofNullable(trials.get(trialId));
    }

    /** To look at: what changes it says so with {@link #changing(RunEntity)}. */
    Optional<RunEntity> run(String runId) {
        return Optional.ofNullable(runs.get(runId));
    }

    /** It is to be written at the end, unless it is new and so will be anyway. */
    TrialEntity changing(TrialEntity trial) {
        if (!newTrials.contains(trial.trialId)) {
            changedTrials.put(trial.trialId, trial);
        }
        return trial;
    }

    /** It is to be written at the end, unless it is new and so will be anyway. */
    RunEntity changing(RunEntity run) {
        if (!newRuns.contains(run.runId)) {
            changedRuns.put(run.runId, run);
        }
        return run;
    }

    /** Those that were there before and may have changed. */
    Collection<TrialEntity> changedTrials() {
        return changedTrials.values();
    }

    /** Those that were there before and may have changed. */
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
