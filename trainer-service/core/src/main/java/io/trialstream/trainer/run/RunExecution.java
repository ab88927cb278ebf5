package io.trialstream.trainer.run;

import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.TrialReport;
import io.trialstream.trainer.checkpoint.CheckpointHeader.Fingerprint;
import io.trialstream.trainer.workload.EpochMetrics;
import io.trialstream.trainer.workload.InfeasibleException;
import io.trialstream.trainer.workload.RunContext;
import io.trialstream.trainer.workload.RunFailedException;
import io.trialstream.trainer.workload.StopReason;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.WorkloadRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run from its preparation to its last report, on the training thread. When {@link #execute()} returns, the broker has
 * the report of how it ended.
 */
final class RunExecution {
    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);

    private final Proposal proposal;
    private final int deliveryCount;
    private final ActiveRun active;
    private final SlotContext context;
    private final Curve curve;
    private final Run run;
    private final RunArtifacts artifacts;
    private Map<String, Double> closing = Map.of();
    private Instant startedAt;

    RunExecution(Proposal proposal, int deliveryCount, ActiveRun active, SlotContext context) {
        this.proposal = proposal;
        this.deliveryCount = deliveryCount;
        this.active = active;
        this.run = active.run();
        this.context = context;
        this.curve = new Curve(proposal.objective());
        this.artifacts = context.artifacts().of(run, proposal.retrain(), context.clock());
    }

    /**
     * Trains and reports.
     *
     * @throws RuntimeException if the report could not be delivered for good
     */
    RunEnd execute() {
        startedAt = context.clock().instant();
        RunEnd end = trained();
        artifacts.log().ended(end);
        artifacts.storeEvents();
        Instant now = context.clock().instant();
        context.reporter().report(Reports.of(run, end, curve, closing, Duration.between(startedAt, now), now));
        if (end instanceof RunEnd.Final) {
            context.checkpoints().forget(run.trialId());
        }
        return end;
    }

    private RunEnd trained() {
        try {
            return train();
        } catch (InfeasibleException e) {
            return RunEnd.infeasible(new Reason(e.code(), e.getMessage()));
        } catch (Throwable e) {
            return active.brokenOff().orElseGet(() -> errored(e));
        }
    }

    private RunEnd train() throws Exception {
        TrialRequest request = new TrialRequest(
                run.studyId(),
                run.number(),
                proposal.configuration(),
                proposal.training(),
                proposal.seed(),
                proposal.retrain());
        RunCheckpoints checkpoints = context.checkpoints().of(run, fingerprint());
        try (WorkloadRun workload = active.inWorkload(() -> checkpoints.begin(() -> start(request), curve))) {
            active.epochFinished(curve.epochs());
            context.runs().at(run, curve.epochs());
            context.reporter()
                    .report(new TrialReport.Started(
                            run,
                            context.engine().name(),
                            context.engine().device(),
                            deliveryCount,
                            workload.totalEpochs(),
                            workload.blueprint(),
                            checkpoints.resumedFrom(),
                            startedAt));
            artifacts.log().say(beginning(workload, checkpoints));
            workload.blueprint().ifPresent(artifacts::draw);
            for (int epoch = checkpoints.nextEpoch(); hasEpoch(workload, epoch); epoch++) {
                train(workload, epoch);
                if (epoch < workload.totalEpochs()) {
                    Optional<RunEnd> end = afterEpoch();
                    if (end.isPresent()) {
                        leave(end.get(), workload, checkpoints);
                        return end.get();
                    }
                    if (checkpoints.afterEpoch(workload, curve)) {
                        artifacts.log().say("checkpoint at epoch " + epoch);
                        artifacts.storeEvents();
                    }
                }
            }
            closing = active.inWorkload(workload::finalMetrics);
            active.inWorkload(() -> artifacts.completed(workload, curve.epochs(), closing));
            return RunEnd.completed();
        }
    }

    private String beginning(WorkloadRun workload, RunCheckpoints checkpoints) {
        return "begins " + workload.totalEpochs() + " epochs with "
                + context.engine().name() + " on "
                + context.engine().device() + ", delivery " + deliveryCount
                + checkpoints
                        .resumedFrom()
                        .map(point -> ", resumed from epoch " + point.epoch() + " of run " + point.runId())
                        .orElse("");
    }

    private Fingerprint fingerprint() {
        return new Fingerprint(
                proposal.configurationHash(),
                proposal.training().toTree(),
                proposal.seed(),
                context.engine().name());
    }

    /** A trial that resumes on another trainer needs this epoch; one that already runs there does not. */
    private void leave(RunEnd end, WorkloadRun workload, RunCheckpoints checkpoints) {
        workload.stop(stopReason(end));
        if (end.reason().equals(Optional.of(EpochDecision.DRAINING))) {
            checkpoints.atDrain(workload, curve);
        }
    }

    private static StopReason stopReason(RunEnd end) {
        if (end.reason().equals(Optional.of(EpochDecision.DRAINING))) {
            return StopReason.DRAIN;
        }
        return switch (end.name()) {
            case "PRUNED" -> StopReason.PRUNE;
            case "CANCELLED" -> StopReason.CANCEL;
            default -> StopReason.STOP;
        };
    }

    private boolean hasEpoch(WorkloadRun workload, int epoch) throws Exception {
        return active.inWorkload(() -> workload.hasEpoch(epoch));
    }

    private WorkloadRun start(TrialRequest request) {
        try {
            WorkloadRun workload =
                    context.workloads().named(proposal.training().workload()).start(request);
            workload.begin(new RunContext(run.runId(), proposal.objective(), artifacts::put));
            return workload;
        } catch (IllegalArgumentException e) {
            throw new UntrainableStudyException("INVALID_TRAINING", e.getMessage(), e);
        }
    }

    private void train(WorkloadRun workload, int epoch) throws Exception {
        EpochMetrics metrics = active.inWorkload(() -> workload.trainEpoch(epoch));
        curve.add(metrics);
        artifacts.epoch(metrics);
        if (proposal.retrain()) {
            artifacts.distributions(epoch, active.inWorkload(workload::distributions));
        }
        active.epochFinished(epoch);
        context.reporter()
                .report(new EpochReport(
                        run,
                        epoch,
                        metrics.metrics(),
                        metrics.duration(),
                        Optional.empty(),
                        context.clock().instant()));
        context.runs().at(run, epoch);
        context.listener().epochFinished(run, metrics.duration());
    }

    private Optional<RunEnd> afterEpoch() {
        return EpochDecision.afterEpoch(run, active.lockHeld(), context.drain().isRequested(), context.view());
    }

    private RunEnd errored(Throwable failure) {
        if (failure instanceof RunFailedException failed) {
            LOG.warn(
                    "run failed trialId={} runId={} epoch={}: {} {}",
                    run.trialId(),
                    run.runId(),
                    active.epoch(),
                    failed.code(),
                    failed.getMessage());
            return new RunEnd.Errored(new Reason(failed.code(), failed.getMessage()));
        }
        artifacts.log().failed(failure);
        LOG.error("run broke off trialId={} runId={} epoch={}", run.trialId(), run.runId(), active.epoch(), failure);
        if (failure instanceof UntrainableStudyException study) {
            return new RunEnd.Errored(new Reason(study.code(), study.getMessage()));
        }
        return new RunEnd.Errored(Reason.of(ReasonCode.TRAINING_FAILED, failure.toString()));
    }
}
