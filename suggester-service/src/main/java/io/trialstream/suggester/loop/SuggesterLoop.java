package io.trialstream.suggester.loop;

import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.trialstream.contracts.Message;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.UnknownVersionException;
import io.trialstream.messaging.BrokerRefusal;
import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.TopicMismatchException;
import io.trialstream.messaging.TopicProvisioner;
import io.trialstream.messaging.TrialTraces;
import io.trialstream.suggester.command.CommandExecutor;
import io.trialstream.suggester.command.Request;
import io.trialstream.suggester.command.SuggesterUnavailableException;
import io.trialstream.suggester.config.SuggesterSettings;
import io.trialstream.suggester.config.Ticks;
import io.trialstream.suggester.decision.Faults;
import io.trialstream.suggester.ledger.FencedException;
import io.trialstream.suggester.telemetry.SuggesterMeters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.jboss.logging.Logger;

/**
 * Owns the suggester's one thread. A term lasts until something of its own fails, such as its connection to the broker;
 * then everything is closed and, after a pause, the next term rebuilds its state from the topics. What fails in one study
 * ends that study alone, and no term. A suggester that was fenced by another one, or has no memory left, ends its
 * process.
 */
@ApplicationScoped
public class SuggesterLoop implements CommandExecutor {
    private static final Logger LOG = Logger.getLogger(SuggesterLoop.class);
    private static final long STOP_MS = 10_000;

    private final SuggesterSettings settings;
    private final KafkaConnection connection;
    private final SuggesterMeters meters;
    private final TrialTraces traces;
    private final BlockingQueue<Request<?>> requests = new LinkedBlockingQueue<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch stopCalled = new CountDownLatch(1);
    private final Rebuilds rebuilds = new Rebuilds();
    private volatile boolean stopping;
    private volatile Optional<Term> term = Optional.empty();
    private volatile Optional<String> fault = Optional.of("starting");

    /** The loop begins with the application. */
    public SuggesterLoop(
            SuggesterSettings settings, KafkaConnection connection, SuggesterMeters meters, OpenTelemetry telemetry) {
        this.settings = settings;
        this.meters = meters;
        this.traces = new TrialTraces(telemetry, "suggester");
        this.connection = connection;
    }

    void start(@Observes StartupEvent event) {
        new Thread(this::run, "suggester-loop").start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        stopCalled.countDown();
        term.ifPresent(Term::wakeup);
        if (!stopped.await(STOP_MS, TimeUnit.MILLISECONDS)) {
            LOG.warn("the suggester's loop did not end in time; the next start fences it");
        }
    }

    /** Why the suggester cannot work at the moment; empty while it does. */
    public Optional<String> fault() {
        return fault.or(() -> term.map(Term::silence)
                .filter(silence -> silence.compareTo(Ticks.silence(settings)) > 0)
                .map(silence -> "the broker is away: no tick came back for " + silence.toSeconds() + " s"));
    }

    @Override
    public <T> CompletableFuture<T> submit(Request.Action<T> action) {
        Request<T> request = Request.of(action);
        Optional<String> unready = fault();
        if (unready.isPresent()) {
            request.fail(new SuggesterUnavailableException("the suggester is not ready: " + unready.get(), null));
            return request.answer();
        }
        requests.add(request);
        term.ifPresent(Term::wakeup);
        return request.answer();
    }

    private void run() {
        try (EventPublisher publisher = new EventPublisher(connection, "suggester", this::stamp)) {
            while (!stopping) {
                try {
                    serve(publisher);
                } catch (FencedException | TopicMismatchException | UnknownVersionException e) {
                    end(e.getMessage(), e);
                } catch (OutOfMemoryError e) {
                    end("no memory is left: " + e.getMessage(), e);
                } catch (RuntimeException | Error e) {
                    recover(e);
                }
            }
        } catch (KafkaException e) {
            end("no client can be made with these Kafka settings: " + Faults.describe(innermost(e)), e);
        } finally {
            fault = Optional.of(fault.orElse("stopping"));
            failRequests(new SuggesterUnavailableException("the suggester stops", null));
            stopped.countDown();
        }
    }

    private void serve(EventPublisher publisher) {
        new TopicProvisioner(connection).ensure(Topics.all(settings.pools()));
        SuggesterEnvironment environment = new SuggesterEnvironment(connection, settings, publisher, meters, traces);
        try (Term current = Term.open(environment, Clock.systemUTC())) {
            current.begin();
            term = Optional.of(current);
            fault = Optional.empty();
            rebuilds.inCharge(System.nanoTime());
            LOG.info("suggester in charge");
            while (!stopping) {
                round(current);
            }
        } finally {
            term = Optional.empty();
        }
    }

    private void round(Term current) {
        List<Request<?>> batch = new ArrayList<>();
        requests.drainTo(batch);
        try {
            current.round(batch);
        } catch (RuntimeException | Error e) {
            batch.forEach(request ->
                    request.fail(new SuggesterUnavailableException("the request may not have taken effect", e)));
            throw e;
        }
    }

    private void recover(Throwable cause) {
        if (stopping) {
            return;
        }
        Duration pause = rebuilds.pause(System.nanoTime());
        Optional<String> refusal = BrokerRefusal.in(cause);
        String why = refusal.orElseGet(() -> "rebuilding its state in " + pause.toMillis() + " ms, for time "
                + rebuilds.inARow() + " in a row: " + Faults.describe(cause));
        fault = Optional.of(why);
        refusal.ifPresentOrElse(LOG::error, () -> LOG.warnf(cause, "the suggester is %s", why));
        failRequests(new SuggesterUnavailableException("the suggester rebuilds its state", cause));
        try {
            stopCalled.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private void end(String why, Throwable cause) {
        stopping = true;
        fault = Optional.of(why);
        LOG.errorf(cause, "the suggester ends: %s", why);
        Quarkus.asyncExit(1);
    }

    private static Throwable innermost(Throwable failure) {
        return failure.getCause() == null ? failure : innermost(failure.getCause());
    }

    /** Each proposal begins its trial's trace, or goes on with it. */
    private void stamp(Message message, Headers headers) {
        if (message instanceof Proposal proposal) {
            traces.sent("propose trial", proposal.trialId(), headers);
        }
    }

    private void failRequests(SuggesterUnavailableException cause) {
        List<Request<?>> waiting = new ArrayList<>();
        requests.drainTo(waiting);
        waiting.forEach(request -> request.fail(cause));
    }
}
