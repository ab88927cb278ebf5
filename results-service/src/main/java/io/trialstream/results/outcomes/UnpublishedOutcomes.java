package io.trialstream.results.outcomes;

import io.trialstream.contracts.Outcome;
import io.trialstream.results.store.TrialEntity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import org.hibernate.Session;

/**
 * Which final trials' outcomes are not known to be on their topic. All methods belong to the caller's transaction: a
 * trial comes in with the commit that makes it final, and goes once the broker has its outcome.
 */
@ApplicationScoped
public class UnpublishedOutcomes {
    private static final String ADD =
            "insert into unpublished_outcome (trial_id) select unnest(:ids) on conflict do nothing";
    private static final String ADD_ALL =
            """
            insert into unpublished_outcome (trial_id)
            select t.trial_id from trial t join study s on s.study_id = t.study_id
            where t.recorded_at is not null and s.state <> 'DELETED' and not s.orphaned on conflict do nothing""";
    private static final String ADD_ALL_OF =
            """
            insert into unpublished_outcome (trial_id)
            select trial_id from trial where recorded_at is not null and study_id = any(:studies) on conflict do nothing""";
    private static final String REMOVE_ORPHANED =
            """
            delete from unpublished_outcome u using trial t, study s
            where t.trial_id = u.trial_id and s.study_id = t.study_id and s.orphaned""";
    private static final String REMOVE = "delete from unpublished_outcome where trial_id = any(:ids)";
    private static final String FIRST =
            """
            select t.* from trial t join unpublished_outcome u on u.trial_id = t.trial_id
            order by t.study_id, t.evidence_number nulls last, t.number limit :limit""";

    private final Session session;

    UnpublishedOutcomes(Session session) {
        this.session = session;
    }

    /** These have just come into being. */
    public void add(List<Outcome> outcomes) {
        change(ADD, outcomes);
    }

    /** All that there are, but of studies that the topics do not have: their topic was made anew and is empty. */
    public void addAll() {
        session.createNativeMutationQuery(ADD_ALL).executeUpdate();
        session.createNativeMutationQuery(REMOVE_ORPHANED).executeUpdate();
    }

    /** All of these studies, which the topics have again. */
    public void addAllOf(Collection<String> studyIds) {
        if (!studyIds.isEmpty()) {
            session.createNativeMutationQuery(ADD_ALL_OF)
                    .setParameter("studies", studyIds.toArray(String[]::new))
                    .executeUpdate();
        }
    }

    /** Some of them, each study's in the order of its evidence. */
    List<Outcome> first(int limit) {
        return session.createNativeQuery(FIRST, TrialEntity.class).setParameter("limit", limit).getResultList().stream()
                .map(TrialEntity::outcome)
                .toList();
    }

    /** The broker has these. */
    public void remove(List<Outcome> outcomes) {
        change(REMOVE, outcomes);
    }

    /**
     * The broker has these, and the transaction is about nothing else: its commit does not wait for the disk, since what
     * a crash of the database's machine forgets of it is published once more.
     */
    void removeUnhurried(List<Outcome> outcomes) {
        session.createNativeMutationQuery("set local synchronous_commit = off").executeUpdate();
        remove(outcomes);
    }

    /** How many there are. */
    public long count() {
        return session.createNativeQuery("select count(*) from unpublished_outcome", Long.class)
                .getSingleResult();
    }

    private void change(String statement, List<Outcome> outcomes) {
        if (!outcomes.isEmpty()) {
            session.createNativeMutationQuery(statement)
                    .setParameter(
                            "ids",
                            outcomes.stream()
                                    .map(outcome -> outcome.trialId().toString())
                                    .toArray(String[]::new))
                    .executeUpdate();
        }
    }
}
