package io.trialstream.benchmarks.results;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Parameters as jsonb, with and without an index, against a side table with a row for each parameter: what a leaderboard
 * with a condition costs, what the storage takes, and what writing takes. Leaves the tables as they were.
 */
final class SchemaComparison {
    private static final int REPETITIONS = 20;
    private static final int WRITTEN = 20_000;

    private final Connection connection;
    private final String study;
    private final Map<String, String[]> conditions = new LinkedHashMap<>();

    SchemaComparison(Connection connection, String study) {
        this.connection = connection;
        this.study = study;
        range("half of the trials", "fc_dropout_proba", "fc_dropout_drop_proba", 0, 0.3);
        range("one in twenty", "fc_dropout_proba", "fc_dropout_drop_proba", 0.3, 0.33);
        range("one in a thousand", "fc_dropout_proba", "fc_dropout_drop_proba", 0.3, 0.3006);
        range("one in 100,000", "fc_dropout_proba", "fc_dropout_drop_proba", 0.3, 0.300006);
        conditions.put("a third, by equality", new String[] {
            "t.configuration @> '{\"optimizer\": \"Adam\"}'", "p.label = 'optimizer' and p.value = 0"
        });
    }

    private void range(String name, String label, String key, double least, double most) {
        conditions.put(name, new String[] {
            "t.configuration #> '{" + key + "}' >= '" + least + "' and t.configuration #> '{" + key + "}' <= '" + most
                    + "'",
            "p.label = '" + label + "' and p.value between " + least + " and " + most
        });
    }

    void print() throws SQLException {
        execute("drop table if exists trial_parameter");
        execute("drop index if exists trial_by_configuration");
        System.out.printf(
                "%n| leaderboard, top 100, condition met by | jsonb | jsonb, GIN index | side table |%n|---|---|---|---|%n");
        Map<String, String> jsonb = times(0, "");
        double plainWrites = writes(false);
        double gin = timed("create index trial_by_configuration on trial using gin (configuration jsonb_path_ops)");
        execute("analyze trial");
        Map<String, String> indexed = times(0, "");
        double ginWrites = writes(false);
        long ginSize = ResultsBench.count(connection, "select pg_relation_size('trial_by_configuration') / 1048576");
        execute("drop index trial_by_configuration");
        double side = timed(
                """
                create table trial_parameter as
                select t.study_id, p.key as label, p.value::float8 as value, t.number
                from trial t, jsonb_each_text(t.assignment) p""");
        side += timed("create index trial_parameter_value on trial_parameter (study_id, label, value, number)");
        side += timed("create unique index trial_parameter_key on trial_parameter (study_id, number, label)");
        execute("analyze trial_parameter");
        Map<String, String> joined = times(1, ", trial_parameter p");
        double sideWrites = writes(true);
        long sideSize = ResultsBench.count(connection, "select pg_total_relation_size('trial_parameter') / 1048576");
        conditions
                .keySet()
                .forEach(name -> System.out.printf(
                        "| %s | %s | %s | %s |%n", name, jsonb.get(name), indexed.get(name), joined.get(name)));
        System.out.printf(
                Locale.ROOT,
                "| writing %d trials | %.1f s | %.1f s | %.1f s |%n",
                WRITTEN,
                plainWrites,
                ginWrites,
                sideWrites);
        System.out.printf(Locale.ROOT, "| storage beside the trials | 0 | %d MB | %d MB |%n", ginSize, sideSize);
        System.out.printf(Locale.ROOT, "| building it | 0 | %.0f s | %.0f s |%n", gin, side);
        execute("drop table trial_parameter");
    }

    /** Median and longest time of each leaderboard, in milliseconds. */
    private Map<String, String> times(int form, String from) throws SQLException {
        Map<String, String> times = new LinkedHashMap<>();
        for (Map.Entry<String, String[]> condition : conditions.entrySet()) {
            String join = form == 1 ? " and p.study_id = t.study_id and p.number = t.number" : "";
            String query = "select t.trial_id, t.configuration, t.best_metrics from trial t" + from
                    + " where t.study_id = '" + study + "' and t.state = 'COMPLETED' and t.loss is not null and "
                    + condition.getValue()[form] + join + " order by t.loss, t.number limit 100";
            long[] nanos = new long[REPETITIONS];
            int rows = 0;
            long end = System.nanoTime() + 20_000_000_000L;
            int done = 0;
            while (done < REPETITIONS && (done < 2 || System.nanoTime() < end)) {
                long start = System.nanoTime();
                rows = read(query);
                nanos[done++] = System.nanoTime() - start;
            }
            Percentiles found = Percentiles.of(java.util.Arrays.copyOf(nanos, done));
            times.put(
                    condition.getKey(),
                    String.format(Locale.ROOT, "%.1f ms (max %.1f; %d rows)", found.p50(), found.max(), rows));
        }
        return times;
    }

    /** Copies trials into a new study and takes them back. */
    private double writes(boolean withSideTable) throws SQLException {
        execute(
                "insert into study select (jsonb_populate_record(s, '{\"study_id\": \"copy\"}')).* from study s where study_id = '"
                        + study + "'");
        double seconds = timed(
                "insert into trial select (jsonb_populate_record(t, jsonb_build_object('study_id', 'copy', 'trial_id',"
                        + " 'copy:' || t.number))).* from trial t where study_id = '" + study + "' and number < "
                        + WRITTEN);
        if (withSideTable) {
            seconds += timed("insert into trial_parameter select t.study_id, p.key, p.value::float8, t.number"
                    + " from trial t, jsonb_each_text(t.assignment) p where t.study_id = 'copy'");
            execute("delete from trial_parameter where study_id = 'copy'");
        }
        execute("delete from trial where study_id = 'copy'");
        execute("delete from study where study_id = 'copy'");
        return seconds;
    }

    private int read(String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            int count = 0;
            while (rows.next()) {
                rows.getString(2);
                count++;
            }
            return count;
        }
    }

    private double timed(String command) throws SQLException {
        long start = System.nanoTime();
        execute(command);
        return (System.nanoTime() - start) / 1e9;
    }

    private void execute(String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
