package io.trialstream.results.gaps;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.trialstream.results.ingest.IngestState;
import io.trialstream.results.ingest.IngestStatus;
import io.trialstream.results.read.Database;
import io.trialstream.results.read.Sql;
import io.trialstream.results.topics.TopicLosses;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Watches for data that the topics or the database have lost, and shows it to users. Thread-safe. */
@ApplicationScoped
public class TopicGaps {
    private static final Logger LOG = Logger.getLogger(TopicGaps.class);
    private static final String ORPHANED = "select count(*) from study where orphaned and state <> 'DELETED'";
    private static final String INCOMPLETE =
            """
            select count(*) from study
            where state <> 'DELETED' and completed + pruned + infeasible <> evidence_count""";

    private final TopicLosses losses;
    private final Database database;
    private final IngestStatus status;
    private final MultiGauge records;
    private final AtomicLong orphaned;
    private final AtomicLong incomplete;
    private volatile List<String> told = List.of();

    TopicGaps(TopicLosses losses, Database database, IngestStatus status, MeterRegistry registry) {
        this.losses = losses;
        this.database = database;
        this.status = status;
        this.records = MultiGauge.builder("trialstream.results.lost.records")
                .description("Records that a topic has lost")
                .register(registry);
        this.orphaned = registry.gauge("trialstream.results.orphaned.studies", new AtomicLong());
        this.incomplete = registry.gauge("trialstream.results.evidence.gaps", new AtomicLong());
    }

    /** One sentence for each, the newest losses first; empty if nothing is missing. */
    public List<String> told() {
        return told;
    }

    @Scheduled(
            every = "${trialstream.results.measure-every:PT10S}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void measure() {
        if (!(status.state() instanceof IngestState.Following || status.state() instanceof IngestState.Standby)) {
            return;
        }
        try {
            List<String> found = new ArrayList<>();
            losses.newest().forEach(noticed -> found.add(noticed.loss().text() + " (" + noticed.noticedAt() + ")"));
            List<Row<?>> rows = new ArrayList<>();
            losses.records().forEach((topic, count) -> rows.add(Row.of(Tags.of("topic", topic), count)));
            records.register(rows, true);
            tell(found, orphaned, count(ORPHANED), "studies that are in the database and not in the topics");
            tell(found, incomplete, count(INCOMPLETE), "studies with gaps in their evidence");
            told = List.copyOf(found);
        } catch (SQLException | RuntimeException e) {
            LOG.debug("gaps keep their last values", e);
        }
    }

    private static void tell(List<String> found, AtomicLong gauge, long count, String what) {
        if (count > 0) {
            found.add(0, what + ": " + count);
        }
        if (gauge.getAndSet(count) < count) {
            LOG.warnf("%s: %d", what, count);
        }
    }

    private long count(String query) {
        return database.first(Sql.of(query), row -> row.getLong(1)).orElse(0L);
    }
}
