package io.trialstream.trainer;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.TrainerEvent.State;
import io.trialstream.contracts.UnknownVersionException;
import io.trialstream.messaging.BrokerRefusal;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.trainer.command.StateFollower;
import io.trialstream.trainer.command.StudyStates;
import io.trialstream.trainer.command.TrialCommands;
import io.trialstream.trainer.heartbeat.ActiveRuns;
import io.trialstream.trainer.heartbeat.Heartbeats;
import io.trialstream.trainer.heartbeat.LiveRuns;
import io.trialstream.trainer.heartbeat.TrainerIdentity;
import io.trialstream.trainer.run.ClusterView;
import io.trialstream.trainer.run.Drain;
import io.trialstream.trainer.run.RunListener;
import io.trialstream.trainer.run.RunReporting;
import io.trialstream.trainer.run.Slot;
import io.trialstream.trainer.run.SlotContext;
import io.trialstream.trainer.run.SlotControl;
import io.trialstream.trainer.run.SlotTiming;
import io.trialstream.trainer.run.TrialResources;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trainer from its start to its end: {@link #start()} once, {@link #drain()} once, from any thread.
 *
 * <p>It starts on a thread of its own, since a broker that is away is waited for and an engine's check takes seconds.
 * It is READY when the engine is checked and the state topics are read to their ends, and only then takes trials.
 */
public final class Trainer {
    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);
    private static final Duration BROKER_RETRY = Duration.ofSeconds(2);
    private static final Duration REFUSED_RETRY = Duration.ofSeconds(5);
    /** For the last reports and heartbeats after the runs have ended. */
    private static final Duration LAST_MESSAGES = Duration.ofSeconds(5);

    private final TrainerSettings settings;
    private final TrialResources resources;
    private final TrainerConnections connections;
    private final ClusterView view;
    private final ActiveRuns runs = new ActiveRuns();
    private final Drain drain = new Drain(System::nanoTime);
    private final Heartbeats heartbeats;
    private final StateFollower follower;
    private final SlotTiming timing;
    private final SlotContext context;
    private final TrainerThreads threads = new TrainerThreads(this::fail);
    private final Runnable onFatal;

    /** Guarded by this. */
    private final List<Slot> slots = new ArrayList<>();

    private volatile boolean provisioned;
    private volatile boolean ready;
    private volatile Reason fault;

    /**
     * A trainer that is not started.
     *
     * @param onFatal called once when the trainer cannot go on and its process has to end
     */
    public Trainer(
            TrainerSettings settings,
            KafkaConnection connection,
            TrialResources resources,
            RunListener listener,
            Runnable onFatal) {
        Clock clock = Clock.systemUTC();
        this.settings = settings;
        this.resources = resources;
        this.onFatal = onFatal;
        this.connections = new TrainerConnections(connection, settings, listener, clock);
        this.view = new ClusterView(
                new StudyStates(),
                new TrialCommands(),
                new LiveRuns(
                        settings.trainerId(), settings.heartbeatInterval(), settings.lockDuration(), System::nanoTime));
        this.heartbeats = connections.heartbeats(
                new TrainerIdentity(
                        settings.trainerId(),
                        settings.pool(),
                        settings.slots(),
                        resources.engine().name(),
                        resources.engine().device(),
                        resources.workloads()::capabilities),
                runs);
        this.follower = connections.follower(view, resources.checkpoints()::forget);
        this.timing = SlotTiming.forLock(settings.pollTimeout(), settings.lockDuration());
        this.context = new SlotContext(
                settings.trainerId(),
                resources,
                new RunReporting(connections.reporter(), runs, listener),
                view,
                new SlotControl(drain, timing, clock));
    }

    /** Starts and returns at once. */
    public void start() {
        LOG.info(
                "trainer starts trainerId={} pool={} slots={} engine={} device={}",
                settings.trainerId(),
                settings.pool(),
                settings.slots(),
                resources.engine().name(),
                resources.engine().device());
        threads.start("trainer-start", this::prepare);
    }

    /**
     * Stops: takes no more trials, lets running epochs finish within the drain's time-out, reports, and sends a last heartbeat.
     * Returns when all that is done; later calls return at once.
     */
    public void drain() {
        if (drain.isRequested()) {
            return;
        }
        LOG.info(
                "trainer drains trainerId={} runs={}",
                settings.trainerId(),
                runs.all().size());
        drain.request(settings.drainTimeout());
        if (provisioned) {
            heartbeats.enter(State.DRAINING);
        }
        stopTaking();
        threads.join("slot-", settings.drainTimeout().plus(timing.grace()).plus(LAST_MESSAGES));
        if (provisioned) {
            sendLastHeartbeat();
        }
        heartbeats.close();
        follower.close();
        connections.close();
        LOG.info("trainer stopped trainerId={}", settings.trainerId());
    }

    /** The trainer's condition at the moment, for its health checks. */
    public TrainerCondition condition() {
        return new TrainerCondition(
                ready ? heartbeats.state() : State.STARTING,
                Optional.ofNullable(fault),
                threads.allAlive(),
                queueAnswers(),
                view.runs().sinceOwnHeartbeat(),
                settings.silence(),
                runs.all());
    }

    private synchronized boolean queueAnswers() {
        return slots.stream().allMatch(Slot::queueAnswers);
    }

    private void prepare() {
        provision();
        heartbeats.start();
        provisioned = true;
        threads.start("trainer-follower", follower);
        resources.check().check().ifPresent(this::refuseUnlessAllowed);
        follower.caughtUp().join();
        resources.checkpoints().sweep(view.studies(), view.commands());
        takeTrials();
    }

    private void provision() {
        while (!drain.isRequested()) {
            try {
                connections.provision();
                fault = null;
                return;
            } catch (RetriableException e) {
                LOG.warn("the broker does not answer, trying again: {}", e.getMessage());
                threads.pause(BROKER_RETRY);
            } catch (KafkaException e) {
                String refusal = BrokerRefusal.in(e).orElseThrow(() -> e);
                LOG.error("{}; trying again trainerId={}", refusal, settings.trainerId());
                fault = Reason.of(ReasonCode.BROKER_REFUSES, refusal);
                threads.pause(REFUSED_RETRY);
            }
        }
    }

    private void refuseUnlessAllowed(Reason reason) {
        if (!settings.allowSlowEngine()) {
            throw new IllegalStateException(reason.code() + ": " + reason.text()
                    + " (trialstream.trainer.allow-slow-engine=true trains nevertheless)");
        }
        LOG.warn("the engine is not as it should be, training nevertheless: {} {}", reason.code(), reason.text());
    }

    private synchronized void takeTrials() {
        if (drain.isRequested() || fault != null) {
            return;
        }
        for (int i = 1; i <= settings.slots(); i++) {
            String name = "slot-" + i;
            Slot slot = new Slot(name, connections.queue(name), context);
            slots.add(slot);
            threads.start(name, slot);
        }
        heartbeats.enter(State.READY);
        ready = true;
        LOG.info("trainer ready trainerId={}", settings.trainerId());
    }

    private synchronized void stopTaking() {
        slots.forEach(Slot::stopTaking);
    }

    /** Called by the thread that failed. */
    private void fail(String thread, Throwable failure) {
        if (drain.isRequested()) {
            LOG.warn("{} ended while draining: {}", thread, failure.toString());
            return;
        }
        LOG.error("{} failed trainerId={}", thread, settings.trainerId(), failure);
        if (failure instanceof UnknownVersionException && thread.startsWith("slot-")) {
            // What runs can finish; a newer trainer has to take what is queued.
            fault = Reason.of(ReasonCode.UNKNOWN_VERSION, failure.getMessage());
            heartbeats.enter(State.DRAINING);
            stopTaking();
        } else {
            fault = Reason.of(ReasonCode.TRAINER_FAILED, failure.toString());
            onFatal.run();
        }
    }

    private void sendLastHeartbeat() {
        try {
            heartbeats.enter(State.STOPPED).get(LAST_MESSAGES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            LOG.warn("the last heartbeat was not delivered: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
