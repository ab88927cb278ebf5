package io.trialstream.results.ingest;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.trialstream.contracts.TopicDefinition;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.UnknownVersionException;
import io.trialstream.messaging.BrokerRefusal;
import io.trialstream.messaging.TopicMismatchException;
import io.trialstream.messaging.TopicProvisioner;
import io.trialstream.results.ResultsSettings;
import io.trialstream.results.ingest.IngestState.CatchingUp;
import io.trialstream.results.ingest.IngestState.Following;
import io.trialstream.results.ingest.IngestState.Retrying;
import io.trialstream.results.ingest.IngestState.Standby;
import io.trialstream.results.ingest.IngestState.Stopped;
import io.trialstream.results.topics.TopicLoss;
import io.trialstream.results.topics.TopicState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Runs the ingest: one thread waits for the lock, reads while it holds it, and after a failure starts again from the
 * positions in the database.
 */
@ApplicationScoped
public class Ingest {
    private static final Logger LOG = Logger.getLogger(Ingest.class);
    private static final List<TopicDefinition> INGESTED =
            List.of(Topics.STUDIES, Topics.TRIAL_LEDGER, Topics.TRIAL_REPORTS, Topics.TRIAL_EPOCHS);
    private static final List<TopicDefinition> READ = List.of(
            Topics.STUDIES, Topics.TRIAL_LEDGER, Topics.TRIAL_REPORTS, Topics.TRIAL_EPOCHS, Topics.TRIAL_OUTCOMES);
    private static final Duration REPORT_WAIT = Duration.ofMillis(100);
    private static final Duration LOCK_CHECK = Duration.ofSeconds(2);
    private static final Duration PURGE_CHECK = Duration.ofSeconds(1);
    private static final Duration INDEX_CHECK = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final IngestContext context;
    private final IngestLock lock;
    private final Positions positions;
    private final IngestStatus status;
    private final ResultsSettings settings;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "ingest");

    Ingest(IngestContext context, IngestLock lock, Positions positions, IngestStatus status, ResultsSettings settings) {
        this.context = context;
        this.lock = lock;
        this.positions = positions;
        this.status = status;
        this.settings = settings;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping.countDown();
        thread.join(STOP_LIMIT.toMillis());
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!isStopping()) {
            try {
                pause(tryToIngest() ? Duration.ZERO : settings.takeoverEvery());
                pause = FIRST_PAUSE;
            } catch (StoppingException e) {
                return;
            } catch (UnknownVersionException e) {
                status.become(new Stopped(e.getMessage()));
                return;
            } catch (TopicMismatchException e) {
                LOG.error(e.getMessage());
                status.become(new Stopped(e.getMessage()));
                Quarkus.asyncExit(1);
                return;
            } catch (Exception e) {
                if (isStopping()) {
                    return;
                }
                status.retry(new Retrying(reason(e)), e);
                pause(pause);
                pause = min(pause.multipliedBy(2), settings.longestRetryPause());
            }
        }
    }

    /** Ingests until it loses the lock or the service stops; false if another replica holds the lock. */
    private boolean tryToIngest() throws SQLException {
        Optional<IngestLock.Held> acquired = lock.tryAcquire();
        if (acquired.isEmpty()) {
            status.become(new Standby());
            return false;
        }
        try (IngestLock.Held held = acquired.get()) {
            ingest(held);
        }
        return true;
    }

    private void ingest(IngestLock.Held held) throws SQLException {
        new TopicProvisioner(context.connection()).ensure(Topics.all(List.of()));
        status.become(new CatchingUp());
        String clusterId = context.backlog().clusterId();
        context.outcomes().reset();
        Map<TopicPartition, Long> start =
                positions.on(clusterId, context.backlog().state(READ));
        context.recovery().readAhead(clusterId, start, this::isStopping);
        context.deletedFiles().rememberStore();
        context.outcomes().sweep();
        Map<TopicPartition, Long> ends = context.backlog().ends(INGESTED);
        try (IngestSession session = new IngestSession(context, clusterId, start, this::isStopping)) {
            Periodically sweep = new Periodically(settings.sweepEvery());
            Periodically check = new Periodically(LOCK_CHECK);
            Periodically purge = new Periodically(PURGE_CHECK);
            Periodically index = new Periodically(INDEX_CHECK);
            boolean purging = true;
            boolean indexing = true;
            while (!isStopping() && (!check.isDue() || held.isHeld())) {
                session.step(purging || indexing ? Duration.ZERO : REPORT_WAIT);
                if (status.state() instanceof CatchingUp && session.hasReached(ends)) {
                    context.recovery().finish();
                    status.become(new Following());
                }
                if (sweep.isDue()) {
                    context.outcomes().sweep();
                    context.recovery().advance(clusterId);
                    refuseLosses(session);
                }
                if (purging || purge.isDue()) {
                    purging = context.purge().some();
                }
                if (indexing || index.isDue()) {
                    indexing = context.metricOrders().some();
                }
            }
            context.outcomes().drain();
        }
    }

    /**
     * Ends the session if records are gone from the topics; the next session handles the loss when it begins.
     *
     * @throws StaleIngestException if records are gone
     */
    private void refuseLosses(IngestSession session) {
        // Positions first: what is read meanwhile is no loss.
        Map<TopicPartition, Long> reached = new HashMap<>(session.positions());
        reached.putAll(context.recovery().positions());
        TopicState topics = context.backlog().state(READ);
        List<TopicLoss> losses =
                topics.lossesSince(QuarkusTransaction.requiringNew().call(positions::knownTopics), reached);
        if (!losses.isEmpty()) {
            throw new StaleIngestException(losses.get(0).text());
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void pause(Duration time) {
        try {
            stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }

    private static String reason(Throwable failure) {
        return BrokerRefusal.in(failure).orElseGet(() -> innermost(failure));
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    /** A timer for work at a fixed interval. Confined to one thread. */
    private static final class Periodically {
        private final long interval;
        private long last = System.nanoTime();

        Periodically(Duration interval) {
            this.interval = interval.toNanos();
        }

        boolean isDue() {
            if (System.nanoTime() - last < interval) {
                return false;
            }
            last = System.nanoTime();
            return true;
        }
    }
}
