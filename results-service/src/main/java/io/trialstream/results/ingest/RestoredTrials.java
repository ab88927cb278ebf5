package io.trialstream.results.ingest;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.trialstream.contracts.Outcome;
import io.trialstream.results.outcomes.RecordedOutcomes;
import io.trialstream.results.store.StudyEntity;
import io.trialstream.results.store.TrialEntity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import org.hibernate.ReadOnlyMode;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * Ends the trials of a rebuilt study whose outcomes are known but whose reports are no longer on their topic. Then
 * recomputes what depends on the order of the evidence, because a rebuild does not see the trials in that order.
 */
@ApplicationScoped
class RestoredTrials {
    private static final Logger LOG = Logger.getLogger(RestoredTrials.class);
    private static final int TRIALS_AT_ONCE = 1_000;
    private static final String FORGET_IMPROVEMENTS = "delete from improvement where study_id = :study";
    private static final String FIND_IMPROVEMENTS =
            """
            insert into improvement (study_id, evidence_number, number, objective, recorded_at, training_millis)
            select study_id, evidence_number, number, objective, recorded_at, spent
            from (select t.*,
                         min(loss) filter (where state = 'COMPLETED') over earlier as best_before,
                         coalesce(sum(t.training_millis) over so_far, 0)           as spent
                  from trial t
                  where study_id = :study and recorded_at is not null and origin <> 'RETRAIN'
                  window earlier as (order by evidence_number rows between unbounded preceding and 1 preceding),
                         so_far as (order by recorded_at, evidence_number nulls first, number)) walked
            where state = 'COMPLETED' and (best_before is null or loss < best_before)""";
    private static final String FIND_BEST =
            """
            update study s set best_number = best.number, best_objective = best.objective
            from (select number, objective from trial
                  where study_id = :study and state = 'COMPLETED' and loss is not null
                  order by loss, evidence_number limit 1) best
            where s.study_id = :study""";

    private final Session session;
    private final RecordedOutcomes recorded;
    private final ChangedRows changed;
    private final MetricOrderIndex places;

    RestoredTrials(Session session, RecordedOutcomes recorded, ChangedRows changed, MetricOrderIndex places) {
        this.session = session;
        this.recorded = recorded;
        this.changed = changed;
        this.places = places;
    }

    /** Ends the study's trials that have recorded outcomes, and removes these outcomes. */
    void finish(String studyId) {
        int settled = 0;
        int some;
        do {
            some = QuarkusTransaction.requiringNew().call(() -> settleSome(studyId));
            settled += some;
        } while (some == TRIALS_AT_ONCE);
        if (settled > 0) {
            LOG.warnf(
                    "trials were ended by their outcomes because their reports are lost studyId=%s trials=%d",
                    studyId, settled);
        }
        QuarkusTransaction.requiringNew().timeout(120).run(() -> {
            lock(studyId);
            run(FORGET_IMPROVEMENTS, studyId);
            run(FIND_IMPROVEMENTS, studyId);
            run(FIND_BEST, studyId);
            recorded.removeSettled(studyId);
        });
    }

    private int settleSome(String studyId) {
        StudyEntity study = lock(studyId);
        List<String> ids = recorded.unsettled(studyId, TRIALS_AT_ONCE);
        if (ids.isEmpty()) {
            return 0;
        }
        Map<String, Outcome> outcomes = recorded.of(ids);
        List<TrialEntity> trials = session.findMultiple(TrialEntity.class, ids, ReadOnlyMode.READ_ONLY);
        trials.forEach(trial -> trial.endedAs(outcomes.get(trial.trialId), study));
        session.flush();
        changed.write(trials, List.of());
        places.add(trials);
        return trials.size();
    }

    private StudyEntity lock(String studyId) {
        return session.find(StudyEntity.class, studyId, LockModeType.PESSIMISTIC_WRITE);
    }

    private void run(String statement, String studyId) {
        session.createNativeMutationQuery(statement)
                .setParameter("study", studyId)
                .executeUpdate();
    }
}
