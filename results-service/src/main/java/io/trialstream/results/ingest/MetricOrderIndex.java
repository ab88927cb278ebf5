package io.trialstream.results.ingest;

import io.agroal.api.AgroalDataSource;
import io.trialstream.results.store.JsonText;
import io.trialstream.results.store.TrialEntity;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;

/**
 * Maintains the index of trials by metric, for the orders that readers have requested. A trial that ends is indexed in
 * the transaction that makes it final; trials that ended before an order was requested are indexed in the background,
 * some at a time. Both lock the study's row, so that no trial is missed. Called by the ingesting thread only.
 */
@ApplicationScoped
class MetricOrderIndex {
    private static final int TRIALS_AT_ONCE = 5_000;
    private static final String ORDERS = "select order_id, study_id, name from metric_order where study_id = any(?)";
    private static final String PLACE =
            "insert into metric_place (order_id, number, value) select * from unnest(?, ?, ?) on conflict do nothing";
    private static final String INCOMPLETE =
            """
            select o.order_id, o.study_id, o.name from metric_order o join study s on s.study_id = o.study_id
            where not o.complete and s.state <> 'DELETED' order by o.order_id limit 1""";
    private static final String LOCK =
            """
            select o.built_to from study s join metric_order o on o.study_id = s.study_id
            where s.study_id = ? and o.order_id = ? for update of s""";
    private static final String PLACE_SOME =
            """
            with part as materialized (
                     select t.number, (case when ? then t.best_metrics else t.end_metrics end) -> ? as value
                     from trial t where t.study_id = ? and t.number > ? order by t.number limit %1$d),
                 placed as (
                     insert into metric_place (order_id, number, value)
                     select ?, part.number, (part.value #>> '{}')::float8 from part
                     where json_typeof(part.value) = 'number' on conflict do nothing)
            update metric_order set
                built_to = greatest(built_to, (select max(number) from part)),
                complete = (select count(*) from part) < %1$d
            where order_id = ? returning complete"""
                    .formatted(TRIALS_AT_ONCE);
    /** Without statistics of the new rows the planner may sort all of them. */
    private static final String ANALYZE = "analyze metric_place";

    private final AgroalDataSource database;
    private final Session session;

    MetricOrderIndex(AgroalDataSource database, Session session) {
        this.database = database;
        this.session = session;
    }

    /** An order of one study, named by {@code best.} or {@code end.} and the metric. */
    private record Order(int id, String studyId, String name) {
        boolean isOfBest() {
            return name.startsWith("best.");
        }

        String metric() {
            return name.substring(name.indexOf('.') + 1);
        }

        Optional<Double> valueOf(TrialEntity trial) {
            Map<String, Double> metrics = JsonText.metrics(isOfBest() ? trial.bestMetrics : trial.endMetrics);
            return Optional.ofNullable(metrics.get(metric()));
        }

        static Order read(ResultSet row) throws SQLException {
            return new Order(row.getInt(1), row.getString(2), row.getString(3));
        }
    }

    /** Indexes trials that have just ended, as part of the current transaction. */
    void add(List<TrialEntity> ended) {
        if (!ended.isEmpty()) {
            session.doWork(connection -> add(connection, ended));
        }
    }

    private static void add(Connection connection, List<TrialEntity> ended) throws SQLException {
        List<Integer> orders = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (Order order : ordersOf(connection, ended)) {
            for (TrialEntity trial : ended) {
                if (trial.studyId.equals(order.studyId())) {
                    order.valueOf(trial).ifPresent(value -> {
                        orders.add(order.id());
                        numbers.add(trial.number);
                        values.add(value);
                    });
                }
            }
        }
        if (orders.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(PLACE)) {
            insert.setArray(1, connection.createArrayOf("int4", orders.toArray()));
            insert.setArray(2, connection.createArrayOf("int4", numbers.toArray()));
            insert.setArray(3, connection.createArrayOf("float8", values.toArray()));
            insert.executeUpdate();
        }
    }

    private static List<Order> ordersOf(Connection connection, List<TrialEntity> trials) throws SQLException {
        Object[] studies =
                trials.stream().map(trial -> trial.studyId).distinct().toArray();
        List<Order> orders = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(ORDERS)) {
            query.setArray(1, connection.createArrayOf("text", studies));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    orders.add(Order.read(rows));
                }
            }
        }
        return orders;
    }

    /**
     * Indexes some trials of an order that is not complete yet.
     *
     * @return whether more may be left to index
     */
    boolean some() throws SQLException {
        try (Connection connection = database.getConnection()) {
            Optional<Order> order = incomplete(connection);
            if (order.isPresent()) {
                Transactions.run(connection, () -> placeSome(connection, order.get()));
            }
            return order.isPresent();
        }
    }

    private static Optional<Order> incomplete(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(INCOMPLETE)) {
            return rows.next() ? Optional.of(Order.read(rows)) : Optional.empty();
        }
    }

    private static void placeSome(Connection connection, Order order) throws SQLException {
        try (PreparedStatement place = connection.prepareStatement(PLACE_SOME)) {
            place.setBoolean(1, order.isOfBest());
            place.setString(2, order.metric());
            place.setString(3, order.studyId());
            place.setInt(4, lockedAndBuiltTo(connection, order));
            place.setInt(5, order.id());
            place.setInt(6, order.id());
            try (ResultSet rows = place.executeQuery()) {
                if (rows.next() && rows.getBoolean(1)) {
                    try (Statement analyze = connection.createStatement()) {
                        analyze.execute(ANALYZE);
                    }
                }
            }
        }
    }

    /** The number up to which trials are indexed; beyond all numbers if the study has just been deleted. */
    private static int lockedAndBuiltTo(Connection connection, Order order) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, order.studyId());
            lock.setInt(2, order.id());
            try (ResultSet rows = lock.executeQuery()) {
                return rows.next() ? rows.getInt(1) : Integer.MAX_VALUE;
            }
        }
    }
}
