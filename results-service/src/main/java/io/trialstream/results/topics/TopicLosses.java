package io.trialstream.results.topics;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Detected losses, kept for a month so that they are shown after a restart too. Thread-safe. */
@ApplicationScoped
public class TopicLosses {
    private static final Logger LOG = Logger.getLogger(TopicLosses.class);
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int MOST_SHOWN = 20;
    private static final String ADD =
            "insert into topic_loss (topic, partition, kind, records, noticed_at) values (?, ?, ?, ?, ?)";
    private static final String FORGET = "delete from topic_loss where noticed_at < ?";
    private static final String NEWEST =
            "select topic, partition, kind, records, noticed_at from topic_loss order by loss_id desc limit "
                    + MOST_SHOWN;
    private static final String RECORDS = "select topic, sum(records) from topic_loss group by topic";

    private final AgroalDataSource database;
    private final Clock clock;

    TopicLosses(AgroalDataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A loss.
     *
     * @param loss what is gone
     * @param noticedAt when that was noticed
     */
    public record Noticed(TopicLoss loss, Instant noticedAt) {}

    /** Logs and stores losses in the connection's transaction. */
    public void add(Connection connection, List<TopicLoss> losses) throws SQLException {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            for (TopicLoss loss : losses) {
                LOG.warnf("records are lost kind=%s topic=%s: %s", loss.kind(), loss.topic(), loss.text());
                add.setString(1, loss.topic());
                if (loss.partition().isPresent()) {
                    add.setInt(2, loss.partition().get());
                } else {
                    add.setNull(2, Types.INTEGER);
                }
                add.setString(3, loss.kind().name());
                add.setLong(4, loss.records());
                add.setObject(5, now);
                add.executeUpdate();
            }
        }
        try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
            forget.setObject(1, now.minus(KEPT));
            forget.executeUpdate();
        }
    }

    /** The newest ones, newest first. */
    public List<Noticed> newest() throws SQLException {
        List<Noticed> newest = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(NEWEST);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                int partition = rows.getInt("partition");
                Optional<Integer> number = rows.wasNull() ? Optional.empty() : Optional.of(partition);
                newest.add(new Noticed(
                        new TopicLoss(
                                TopicLoss.Kind.valueOf(rows.getString("kind")),
                                rows.getString("topic"),
                                number,
                                rows.getLong("records")),
                        rows.getObject("noticed_at", OffsetDateTime.class).toInstant()));
            }
        }
        return newest;
    }

    /** How many records are known to be gone, by topic. */
    public Map<String, Long> records() throws SQLException {
        Map<String, Long> records = new LinkedHashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(RECORDS);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                records.put(rows.getString(1), rows.getLong(2));
            }
        }
        return records;
    }
}
