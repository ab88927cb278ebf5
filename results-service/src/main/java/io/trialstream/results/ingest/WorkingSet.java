package io.trialstream.results.ingest;

import io.trialstream.results.store.ImprovementEntity;
import io.trialstream.results.store.RunEntity;
import io.trialstream.results.store.StudyEntity;
import io.trialstream.results.store.TrialEntity;
import jakarta.persistence.LockModeType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.hibernate.Session;

/**
 * The rows that a batch touches, loaded with three queries; the studies' rows are locked. Confined to the
 * transaction.
 */
final class WorkingSet {
    private final Session session;
    private final Map<String, StudyEntity> studies;
    private final Map<String, TrialEntity> trials;
    private final Map<String, RunEntity> runs;

    private WorkingSet(
            Session session,
            Map<String, StudyEntity> studies,
            Map<String, TrialEntity> trials,
            Map<String, RunEntity> runs) {
        this.session = session;
        this.studies = studies;
        this.trials = trials;
        this.runs = runs;
    }

    static WorkingSet load(Session session, Mentioned mentioned) {
        return new WorkingSet(
                session,
                load(
                        session,
                        StudyEntity.class,
                        union(mentioned.created(), mentioned.studies()),
                        LockModeType.PESSIMISTIC_WRITE,
                        study -> study.studyId),
                load(
                        session,
                        TrialEntity.class,
                        union(mentioned.proposed(), mentioned.trials()),
                        LockModeType.NONE,
                        trial -> trial.trialId),
                load(session, RunEntity.class, mentioned.runs(), LockModeType.NONE, run -> run.runId));
    }

    /** Whether something that must exist does not. */
    boolean lack(Mentioned mentioned) {
        return !studies.keySet().containsAll(mentioned.studies())
                || !trials.keySet().containsAll(mentioned.trials());
    }

    Optional<StudyEntity> study(String studyId) {
        return Optional.ofNullable(studies.get(studyId));
    }

    Optional<TrialEntity> trial(String trialId) {
        return Optional.ofNullable(trials.get(trialId));
    }

    Optional<RunEntity> run(String runId) {
        return Optional.ofNullable(runs.get(runId));
    }

    void add(StudyEntity study) {
        session.persist(study);
        studies.put(study.studyId, study);
    }

    void add(TrialEntity trial) {
        session.persist(trial);
        trials.put(trial.trialId, trial);
    }

    void add(RunEntity run) {
        session.persist(run);
        runs.put(run.runId, run);
    }

    void add(ImprovementEntity improvement) {
        session.persist(improvement);
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> union = new TreeSet<>(a);
        union.addAll(b);
        return union;
    }

    private static <E> Map<String, E> load(
            Session session, Class<E> type, Set<String> ids, LockModeType lock, Function<E, String> id) {
        Map<String, E> rows = new HashMap<>();
        List<E> found = ids.isEmpty() ? List.of() : session.findMultiple(type, List.copyOf(ids), lock);
        found.stream().filter(row -> row != null).forEach(row -> rows.put(id.apply(row), row));
        return rows;
    }
}
