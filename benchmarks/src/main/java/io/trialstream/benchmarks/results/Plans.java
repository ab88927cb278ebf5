package io.trialstream.benchmarks.results;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The service's main queries alone: their plans, and their times without the service. */
final class Plans {
    private static final String COLUMNS =
            """
            t.trial_id, t.study_id, t.number, t.state, t.origin, t.dispatch, t.objective, t.best_epoch, t.epochs,
            t.configuration, t.best_metrics, t.end_metrics, t.reason_code, t.reason_text, t.trainer_id, t.proposed_at,
            t.started_at, t.finished_at, t.training_millis, t.duplicate_reports, t.evidence_number, t.sampler""";

    private final Connection connection;
    private final int trials;
    private final Map<String, String> queries = new LinkedHashMap<>();

    /** Of a study of that many trials, each of which has changed three times, with an order by a metric that is kept. */
    Plans(Connection connection, String study, int trials, long keptOrder) {
        this.connection = connection;
        this.trials = trials;
        queries.put(
                "leaderboard, top 100",
                "select " + COLUMNS + ", t.loss as key_value, t.number as key_number from trial t where t.study_id = '"
                        + study
                        + "' and t.state = 'COMPLETED' and t.loss is not null order by key_value, key_number limit 100");
        queries.put(
                "trials by number, page of 100 at any depth",
                "select " + COLUMNS + ", t.number as key_number from trial t where t.study_id = '" + study
                        + "' and t.number > DEPTH order by key_number limit 101");
        queries.put("trials by objective, page of 100 at any depth", byObjective(study));
        queries.put(
                "studies, first 100 with counts",
                """
                select study_id, name, state, reason_code, reason_text, objective_metric, maximize, budget, queued, running,
                completed, pruned, infeasible, failed, cancelled, best_number, best_objective, evidence_count,
                training_millis, change_seq, created_at from study where state <> 'DELETED'
                order by created_at desc, study_id desc limit 101""");
        queries.put(
                "running trials",
                "select " + COLUMNS + ", t.number as key_number from trial t where t.study_id = '" + study
                        + "' and t.state = 'RUNNING' order by key_number limit 101");
        queries.put(
                "500 changes after an event",
                "select t.trial_id from trial t where t.study_id = '" + study
                        + "' and t.change_seq > DEPTH order by t.change_seq limit 500");
        queries.put(
                "leaderboard by another metric, top 100",
                "select " + COLUMNS + ", m.value as key_value, m.number as key_number from metric_place m join trial t"
                        + " on t.study_id = '" + study + "' and t.number = m.number where m.order_id = " + keptOrder
                        + " and t.state = any('{COMPLETED}') and t.origin <> 'RETRAIN' and m.value is not null"
                        + " order by key_value, key_number limit 100");
        queries.put(
                "leaderboard by another metric, top 100, sorted",
                "select " + COLUMNS + ", (case when json_typeof(t.best_metrics #> '{fine_loss}') = 'number'"
                        + " then (t.best_metrics #>> '{fine_loss}')::float8 end) as key_value, t.number as key_number"
                        + " from trial t where t.study_id = '" + study + "' and t.state = any('{COMPLETED}') and"
                        + " (case when json_typeof(t.best_metrics #> '{fine_loss}') = 'number'"
                        + " then (t.best_metrics #>> '{fine_loss}')::float8 end) is not null"
                        + " order by key_value, key_number limit 100");
    }

    /** Trials in any state: an ordered walk for each, merged. */
    private static String byObjective(String study) {
        return Stream.of("QUEUED", "RUNNING", "COMPLETED", "PRUNED", "INFEASIBLE", "FAILED", "CANCELLED")
                .map(state -> "(select " + COLUMNS + ", t.loss as key_value, t.number as key_number from trial t"
                        + " where t.study_id = '" + study + "' and t.state = '" + state
                        + "' and t.loss is not null and (t.loss, t.number) > (-LOSS, 0)"
                        + " order by key_value, key_number limit 101)")
                .collect(Collectors.joining(
                        " union all ", "select * from (", ") merged order by key_value, key_number limit 101"));
    }

    /** How PostgreSQL finds the rows. */
    void print() throws SQLException {
        for (Map.Entry<String, String> query : queries.entrySet()) {
            System.out.printf("%n### %s%n```%n", query.getKey());
            try (PreparedStatement explain = connection.prepareStatement(
                            "explain (analyze, buffers, costs off) " + at(query.getValue(), trials / 2, 0.45));
                    ResultSet rows = explain.executeQuery()) {
                while (rows.next()) {
                    System.out.println(rows.getString(1));
                }
            }
            System.out.println("```");
        }
    }

    /** What the queries take one after another, all columns read. */
    void bareTimes(int count) throws SQLException {
        System.out.printf(
                "%n| bare SQL, one after another | count | p50 ms | p90 | p99 | max |%n|---|---|---|---|---|---|%n");
        Random random = new Random(3);
        for (Map.Entry<String, String> query : queries.entrySet()) {
            long[] nanos = new long[Math.min(count, query.getKey().contains("sorted") ? 3 : 1_000)];
            for (int i = 0; i < nanos.length; i++) {
                String text = at(query.getValue(), random.nextInt(trials), 0.3 + 0.3 * random.nextDouble());
                long start = System.nanoTime();
                read(text);
                nanos[i] = System.nanoTime() - start;
            }
            System.out.printf(
                    "| %s | %s |%n", query.getKey(), Percentiles.of(nanos).cells());
        }
    }

    private void read(String text) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text);
                ResultSet rows = statement.executeQuery()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int column = 1; column <= columns; column++) {
                    rows.getString(column);
                }
            }
        }
    }

    private static String at(String query, int depth, double objective) {
        return query.replace("DEPTH", Integer.toString(depth)).replace("LOSS", Double.toString(objective));
    }
}
