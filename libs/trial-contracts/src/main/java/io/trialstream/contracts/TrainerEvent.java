package io.trialstream.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/**
 * What travels on {@code trainers}: the trainers' heartbeats and the suggester's ticks, by which silence is measured.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrainerEvent.Heartbeat.class, name = "HEARTBEAT"),
    @JsonSubTypes.Type(value = TrainerEvent.Tick.class, name = "TICK")
})
public sealed interface TrainerEvent extends Message {

    /** Calls the visitor's method for this case. */
    <R> R accept(Visitor<R> visitor);

    @Override
    default <R> R accept(Message.Visitor<R> visitor) {
        return visitor.visit(this);
    }

    /**
     * One method for each case, so that a new one does not compile until every reader has considered it.
     *
     * @param <R> what comes of an event
     */
    interface Visitor<R> {

        /** A trainer's sign of life. */
        R visit(Heartbeat heartbeat);

        /** The suggester's clock. */
        R visit(Tick tick);
    }

    /** What a trainer can do at the moment. */
    enum State {
        /** It loads data and checks its engine; it takes no trials yet. */
        STARTING,
        /** It takes trials. */
        READY,
        /** It finishes what it must and takes no more trials. */
        DRAINING,
        /** Its last heartbeat. */
        STOPPED
    }

    /**
     * A sign of life, every 2 s and at every change.
     *
     * @param trainerId who
     * @param pool the pool it takes trials from
     * @param state what it can do
     * @param sequence counts this process's heartbeats from 1
     * @param slots how many trials it trains at once
     * @param engine the training engine and its version
     * @param device what it trains on, for people
     * @param runs what it is training
     * @param capabilities what it can run. They never change while a trainer lives, so only some heartbeats have them:
     *     the first of each state and every fifth
     */
    record Heartbeat(
            String trainerId,
            String pool,
            State state,
            long sequence,
            int slots,
            String engine,
            String device,
            List<RunStatus> runs,
            Optional<List<Capability>> capabilities)
            implements TrainerEvent {

        /** A heartbeat that does not say what the trainer can run. */
        public Heartbeat(
                String trainerId,
                String pool,
                State state,
                long sequence,
                int slots,
                String engine,
                String device,
                List<RunStatus> runs) {
            this(trainerId, pool, state, sequence, slots, engine, device, runs, Optional.empty());
        }

        /** Refuses absent fields and copies the runs. */
        public Heartbeat {
            Require.id("trainerId", trainerId);
            Require.pool(pool);
            Require.present("state", state);
            Require.atLeast("sequence", 1L, sequence);
            Require.atLeast("slots", 1, slots);
            Require.text("engine", engine);
            Require.text("device", device);
            runs = Require.list("runs", runs);
            capabilities = capabilities == null
                    ? Optional.empty()
                    : capabilities.map(list -> Require.list("capabilities", list));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * A run under way.
     *
     * @param epoch the last epoch it finished, 0 before the first
     */
    record RunStatus(String studyId, int number, int dispatch, String runId, int epoch) {

        /** Refuses malformed ids and negative counts. */
        public RunStatus {
            Require.studyId(studyId);
            Require.atLeast("number", 0, number);
            Require.atLeast("dispatch", 1, dispatch);
            Require.id("runId", runId);
            Require.atLeast("epoch", 0, epoch);
        }

        /** The trial that it trains. */
        public TrialId trialId() {
            return new TrialId(studyId, number);
        }
    }

    /**
     * The suggester's clock: time passes for a run only while the suggester reads its own ticks back.
     *
     * @param suggesterId which process ticks
     * @param sequence counts this process's ticks from 1
     */
    record Tick(String suggesterId, long sequence) implements TrainerEvent {

        /** Refuses absent fields. */
        public Tick {
            Require.id("suggesterId", suggesterId);
            Require.atLeast("sequence", 1L, sequence);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visit(this);
        }
    }
}
