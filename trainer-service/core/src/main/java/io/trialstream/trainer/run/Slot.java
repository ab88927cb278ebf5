package io.trialstream.trainer.run;

import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.messaging.FaultPoint;
import io.trialstream.trainer.command.TrialCommands;
import io.trialstream.trainer.heartbeat.Sighting;
import io.trialstream.trainer.queue.QueuedTrial;
import io.trialstream.trainer.queue.TrialQueue;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes trials from the queue one after the other and runs each to its report. {@link #run()} belongs to the
 * slot's own thread, which alone uses the queue; it trains on a second one and renews the lock meanwhile.
 */
public final class Slot implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Slot.class);

    /**
     * A record delivered more often is not trained: every trainer that had it died. The broker drops a record silently
     * after the fifth delivery.
     */
    private static final int MAX_DELIVERIES = 3;
    /** The longest wait for the heartbeat that names a run to reach the broker. */
    private static final Duration ANNOUNCEMENT = Duration.ofSeconds(2);

    private final TrialQueue queue;
    private final SlotContext context;
    private final ExecutorService training;
    private volatile boolean taking = true;
    /** Touched by the slot's thread only. */
    private boolean hung;

    /** A slot called {@code name} that takes its trials from {@code queue} and closes that at its end. */
    public Slot(String name, TrialQueue queue, SlotContext context) {
        this.queue = queue;
        this.context = context;
        this.training = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, name + "-training");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Works until {@link #stopTaking()}.
     *
     * @throws RuntimeException if this slot cannot go on; the record it held, if any, stays in the queue
     */
    @Override
    public void run() {
        try (queue) {
            while (taking) {
                queue.take(context.timing().poll()).ifPresent(this::handle);
            }
            if (hung) {
                throw new IllegalStateException("a training thread hangs");
            }
        } finally {
            training.shutdown();
        }
    }

    /** Takes no more trials; the one it has goes on. From any thread. */
    public void stopTaking() {
        taking = false;
        queue.stop();
    }

    /** Whether its queue is in touch with the broker. From any thread. */
    public boolean queueAnswers() {
        return queue.answers();
    }

    private void handle(QueuedTrial queued) {
        Lock lock = new Lock(queued, context.timing().renewal());
        Optional<Admission> admission = admit(queued, lock);
        if (admission.isEmpty()) {
            giveBack(queued, lock);
        } else if (admission.get() instanceof Admission.End ended) {
            end(queued, ended.end());
        } else if (admission.get() instanceof Admission.Discard discard) {
            discard(queued, discard.why());
        } else if (queued.deliveryCount() > MAX_DELIVERIES) {
            refuse(queued);
        } else {
            train(queued, lock);
        }
    }

    /** Decides, waiting for heartbeats if need be; empty if the slot has to stop first or has lost the record. */
    private Optional<Admission> admit(QueuedTrial queued, Lock lock) {
        Proposal proposal = queued.proposal();
        if (context.runs().trains(proposal.trialId())) {
            return Optional.of(new Admission.Discard("another slot of this trainer trains it"));
        }
        Optional<Sighting> seen = context.view().runs().sighting(proposal.trialId());
        Admission admission = Admission.decide(proposal, context.view(), seen);
        while (admission instanceof Admission.AwaitHeartbeat) {
            if (!taking || !lock.keep()) {
                return Optional.empty();
            }
            pause(context.timing().check());
            admission = Admission.decide(proposal, context.view(), seen);
        }
        return admission instanceof Admission.Start && !taking ? Optional.empty() : Optional.of(admission);
    }

    private void giveBack(QueuedTrial queued, Lock lock) {
        LOG.info(
                "gave back trialId={} dispatch={}",
                queued.proposal().trialId(),
                queued.proposal().dispatch());
        if (lock.isHeld()) {
            queued.release();
        }
    }

    private void discard(QueuedTrial queued, String why) {
        LOG.info(
                "discarded trialId={} dispatch={}: {}",
                queued.proposal().trialId(),
                queued.proposal().dispatch(),
                why);
        context.listener().discarded(why);
        queued.accept();
    }

    private void end(QueuedTrial queued, RunEnd.Final end) {
        Run run = newRun(queued.proposal());
        context.reporter()
                .report(Reports.unstarted(
                        run, end, queued.proposal().objective(), context.clock().instant()));
        context.checkpoints().forget(run.trialId());
        context.listener().endedUnstarted(end.name());
        queued.accept();
    }

    private void refuse(QueuedTrial queued) {
        Reason reason = Reason.of(
                ReasonCode.DELIVERED_TOO_OFTEN,
                "the queue delivered the trial " + queued.deliveryCount() + " times, and no run of it has ended");
        Run run = newRun(queued.proposal());
        LOG.warn("refused trialId={} dispatch={}: {}", run.trialId(), run.dispatch(), reason.text());
        context.reporter()
                .report(Reports.withoutResult(
                        run, new RunEnd.Errored(reason), 0, context.clock().instant()));
        context.listener().endedUnstarted(RunEnd.ERRORED);
        queued.accept();
    }

    private void train(QueuedTrial queued, Lock lock) {
        ActiveRun active = new ActiveRun(newRun(queued.proposal()));
        Run run = active.run();
        // A heartbeat names the run before it starts, so a run that kills its process is known; without a broker it
        // starts anyway.
        awaitHeartbeat(run, context.runs().begun(run), "begins without a heartbeat");
        context.listener().started(run, queued.deliveryCount());
        LOG.info(
                "run begins trialId={} runId={} dispatch={} deliveryCount={}",
                run.trialId(),
                run.runId(),
                run.dispatch(),
                queued.deliveryCount());
        RunEnd end = result(queued, active, lock);
        LOG.info(
                "run ended trialId={} runId={} epoch={} as {}", run.trialId(), run.runId(), active.epoch(), end.name());
        // The heartbeat comes first: a trainer that gets the record after a failed acceptance knows that the run ended.
        context.view().runs().recordEnd(run);
        awaitHeartbeat(run, context.runs().ended(run), "ends without a heartbeat");
        context.listener().ended(run, end.name());
        FaultPoint.TRAINER_REPORTED.reached();
        if (!lock.isHeld() || !queued.accept()) {
            LOG.warn("the queue will deliver an ended trial again trialId={} runId={}", run.trialId(), run.runId());
        }
    }

    /** Waits until the broker has a run's heartbeat, within bounds. */
    private static void awaitHeartbeat(Run run, CompletableFuture<Void> heartbeat, String otherwise) {
        try {
            heartbeat.get(ANNOUNCEMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("a run {} trialId={} runId={}: {}", otherwise, run.trialId(), run.runId(), e.toString());
        } catch (InterruptedException e) {
            throw new IllegalStateException("the slot was interrupted while it told of a run", e);
        }
    }

    /** Waits for the run's end and its report, renewing the lock and checking for commands that interrupt it. */
    private RunEnd result(QueuedTrial queued, ActiveRun active, Lock lock) {
        Future<RunEnd> run = training.submit(
                () -> new RunExecution(queued.proposal(), queued.deliveryCount(), active, context).execute());
        while (true) {
            try {
                return run.get(context.timing().check().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                keep(active, lock);
                breakOffIfAsked(active);
                if (active.isUnanswered(context.timing().grace())) {
                    return abandon(active);
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("run " + active.run().runId() + " could not report", e.getCause());
            } catch (InterruptedException e) {
                throw new IllegalStateException("the slot was interrupted while it trained", e);
            }
        }
    }

    /** The training thread hangs: the trial can be trained elsewhere, but this slot has no thread left to train on. */
    private RunEnd abandon(ActiveRun active) {
        LOG.error(
                "training does not answer trialId={} runId={}",
                active.run().trialId(),
                active.run().runId());
        RunEnd end = withoutResult(active.brokenOff().orElseThrow());
        context.reporter()
                .report(Reports.withoutResult(
                        active.run(), end, active.epoch(), context.clock().instant()));
        hung = true;
        stopTaking();
        return end;
    }

    /** Only the training thread knows the trial's metrics, so the suggester ends a trial that was cancelled. */
    private static RunEnd withoutResult(RunEnd end) {
        return end instanceof RunEnd.Final cancelled
                ? new RunEnd.Errored(cancelled.reason().orElseThrow())
                : end;
    }

    private void keep(ActiveRun active, Lock lock) {
        if (active.lockHeld() && !lock.keep()) {
            LOG.warn(
                    "run goes on without its lock trialId={} runId={}",
                    active.run().trialId(),
                    active.run().runId());
            active.lockLost();
            context.listener().lockLost(active.run());
        }
    }

    private void breakOffIfAsked(ActiveRun active) {
        Run run = active.run();
        TrialCommands commands = context.view().commands();
        commands.ending(run.trialId(), run.dispatch())
                .filter(TrialCommand::immediate)
                .or(() -> commands.stuck(run.trialId(), run.runId()))
                .map(RunEnd::obeying)
                .ifPresent(active::breakOff);
        if (context.drain().isOverdue()) {
            active.breakOff(new RunEnd.Interrupted(EpochDecision.DRAINING));
        }
    }

    private Run newRun(Proposal proposal) {
        return new Run(
                proposal.studyId(),
                proposal.number(),
                proposal.dispatch(),
                UUID.randomUUID().toString(),
                context.trainerId(),
                proposal.configurationHash());
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException("the slot was interrupted while it waited", e);
        }
    }
}
