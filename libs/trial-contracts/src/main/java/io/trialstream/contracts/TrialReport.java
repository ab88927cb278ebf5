package io.trialstream.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a trainer says of a run on {@code trial-reports}. The first {@link Finished} of any run of a trial stands. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrialReport.Started.class, name = "STARTED"),
    @JsonSubTypes.Type(value = TrialReport.RungReached.class, name = "RUNG"),
    @JsonSubTypes.Type(value = TrialReport.Interrupted.class, name = "INTERRUPTED"),
    @JsonSubTypes.Type(value = TrialReport.Errored.class, name = "ERRORED"),
    @JsonSubTypes.Type(value = TrialReport.Finished.class, name = "FINISHED")
})
public sealed interface TrialReport extends Message {

    /** Calls the visitor's method for this case. */
    <R> R accept(Visitor<R> visitor);

    @Override
    default <R> R accept(Message.Visitor<R> visitor) {
        return visitor.visit(this);
    }

    /**
     * One method for each case, so that a new one does not compile until every reader has considered it.
     *
     * @param <R> what comes of a report
     */
    interface Visitor<R> {

        /** The run begins. */
        R visit(Started started);

        /** The pruner decides. */
        R visit(RungReached rung);

        /** The trainer drains. */
        R visit(Interrupted interrupted);

        /** The infrastructure failed. */
        R visit(Errored errored);

        /** The trial ends. */
        R visit(Finished finished);
    }

    /** The run that is spoken of. */
    Run run();

    /** When, by the trainer's clock: for people only, never compared with another machine's. */
    Instant at();

    /**
     * The run begins to train.
     *
     * @param engine the training engine and its version, such as {@code dl4j 1.0.0-M2.1}
     * @param device what it trains on, for people
     * @param deliveryCount how often the queue handed out this record, this time included
     * @param totalEpochs how many epochs a complete training has
     * @param blueprint the network, where the workload trains one
     * @param resumedFrom the checkpoint it goes on from, if any
     */
    record Started(
            Run run,
            String engine,
            String device,
            int deliveryCount,
            int totalEpochs,
            Optional<NetworkBlueprint> blueprint,
            Optional<ResumePoint> resumedFrom,
            Instant at)
            implements TrialReport {

        /** Refuses absent fields. */
        public Started {
            Require.present("run", run);
            Require.text("engine", engine);
            Require.text("device", device);
            Require.atLeast("deliveryCount", 1, deliveryCount);
            Require.atLeast("totalEpochs", 1, totalEpochs);
            blueprint = blueprint == null ? Optional.empty() : blueprint;
            resumedFrom = resumedFrom == null ? Optional.empty() : resumedFrom;
            Require.present("at", at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The run reached an epoch at which the pruner decides.
     *
     * @param epoch the epoch, counted from 1
     * @param value the best objective so far
     */
    record RungReached(Run run, int epoch, double value, Instant at) implements TrialReport {

        /** Refuses absent fields and a non-finite value. */
        public RungReached {
            Require.present("run", run);
            Require.atLeast("epoch", 1, epoch);
            Metrics.requireFinite("value", value);
            Require.present("at", at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The run stopped before its end because its trainer had to (drain), and the trial is to be queued again.
     *
     * @param epoch the last epoch it finished
     */
    record Interrupted(Run run, int epoch, Reason reason, Instant at) implements TrialReport {

        /** Refuses absent fields. */
        public Interrupted {
            Require.present("run", run);
            Require.atLeast("epoch", 0, epoch);
            Require.present("reason", reason);
            Require.present("at", at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The run broke off for a fault of the infrastructure; it counts towards the trial's failure limit.
     *
     * @param epoch the last epoch it finished
     */
    record Errored(Run run, int epoch, Reason reason, Instant at) implements TrialReport {

        /** Refuses absent fields. */
        public Errored {
            Require.present("run", run);
            Require.atLeast("epoch", 0, epoch);
            Require.present("reason", reason);
            Require.present("at", at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * The trial's final report.
     *
     * @param state COMPLETED, PRUNED, INFEASIBLE or CANCELLED
     * @param objective the objective at its best epoch; present when COMPLETED
     * @param epochs how many epochs were trained, those before a resume included
     * @param bestEpoch the epoch of the best objective, 0 if there is none
     * @param best all metrics at the best epoch
     * @param end all metrics at the last epoch, and what is measured once at the end (the test set)
     * @param trainingTime how long this run trained
     * @param reason why it ended so; present unless COMPLETED
     * @param commandId the command that it obeyed, if any
     */
    record Finished(
            Run run,
            TrialState state,
            Optional<Double> objective,
            int epochs,
            int bestEpoch,
            Map<String, Double> best,
            Map<String, Double> end,
            Duration trainingTime,
            Optional<Reason> reason,
            Optional<String> commandId,
            Instant at)
            implements TrialReport {

        /** Refuses absent fields, a state that no trainer can report and a COMPLETED without a finite objective. */
        public Finished {
            Require.present("run", run);
            Require.present("state", state);
            if (!state.isFinal() || state == TrialState.FAILED) {
                throw new IllegalArgumentException(
                        "state must be COMPLETED, PRUNED, INFEASIBLE or CANCELLED, got " + state);
            }
            objective = objective == null ? Optional.empty() : objective;
            reason = reason == null ? Optional.empty() : reason;
            Require.result(state, objective, reason);
            Require.atLeast("epochs", 0, epochs);
            Require.atLeast("bestEpoch", 0, bestEpoch);
            best = Metrics.finiteOrNull(Require.present("best", best));
            end = Metrics.finiteOrNull(Require.present("end", end));
            Require.notNegative("trainingTime", trainingTime);
            commandId = commandId == null ? Optional.empty() : commandId;
            commandId.ifPresent(id -> Require.id("commandId", id));
            Require.present("at", at);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * A checkpoint that a run went on from.
     *
     * @param runId the run that wrote it
     * @param epoch the last epoch it holds
     */
    record ResumePoint(String runId, int epoch) {

        /** Refuses a malformed run id and an epoch before the first. */
        public ResumePoint {
            Require.id("runId", runId);
            Require.atLeast("epoch", 1, epoch);
        }
    }
}
