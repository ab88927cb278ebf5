package io.trialstream.results.read;

import io.trialstream.results.ResultsSettings;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Orders by metrics that are indexed, so that a page costs the same at any size of a study. An order is indexed from
 * its first request in a large study on; until the ingest has completed the index, each request sorts. Thread-safe.
 */
@ApplicationScoped
public class KeptOrders {
    /** Far more than a training has metrics; each costs one narrow row per trial. */
    private static final int MOST_OF_A_STUDY = 64;

    private final Database database;
    private final ResultsSettings settings;

    KeptOrders(Database database, ResultsSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** The same order by its index, if that is complete. */
    public TrialOrder of(StudyRow study, TrialOrder order) {
        if (!isWorthKeeping(study, order)) {
            return order;
        }
        return database.first(
                        Sql.of(
                                "select order_id from metric_order where study_id = ? and name = ? and complete",
                                study.studyId(),
                                order.name()),
                        row -> order.keptAs(row.getInt(1)))
                .orElse(order);
    }

    /** The order was requested and found trials: has it indexed from now on. */
    public void wanted(StudyRow study, TrialOrder order) {
        if (isWorthKeeping(study, order) && order.kept().isEmpty()) {
            database.update(Sql.of(
                    """
                    insert into metric_order (study_id, name)
                    select ?, ? where (select count(*) from metric_order where study_id = ?) < ?
                    on conflict do nothing""",
                    study.studyId(),
                    order.name(),
                    study.studyId(),
                    MOST_OF_A_STUDY));
        }
    }

    private boolean isWorthKeeping(StudyRow study, TrialOrder order) {
        return order.isByMetric() && study.counts().all() >= settings.keepOrdersFrom();
    }
}
