package io.trialstream.trainer.run;

import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.TrainerEvent.RunStatus;
import io.trialstream.contracts.TrainerEvent.State;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.trainer.command.StudyStates;
import io.trialstream.trainer.command.TrialCommands;
import io.trialstream.trainer.heartbeat.LiveRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The world as a trainer called {@code me} sees it, told by a test. */
final class World {
    static final Duration INTERVAL = Duration.ofSeconds(2);
    static final String ME = "me";

    private final AtomicLong nanos = new AtomicLong();
    private long ownSequence;
    final ClusterView view =
            new ClusterView(new StudyStates(), new TrialCommands(), new LiveRuns(ME, INTERVAL, INTERVAL, nanos::get));

    World() {
        ownHeartbeat();
    }

    /** Lets this many heartbeat intervals pass, with the trainer's own heartbeats coming back. */
    World intervals(int count) {
        for (int i = 0; i < count; i++) {
            nanos.addAndGet(INTERVAL.toNanos());
            ownHeartbeat();
        }
        return this;
    }

    World study(String studyId, StudyState state) {
        StudySpec spec = StudySpec.read(Map.of(
                "name", "test",
                "objective", Map.of("metric", "objective", "direction", "maximize"),
                "budget", Map.of("trials", 1),
                "training", Map.of("workload", "sleep"),
                "space", Map.of("x", Map.of("uniform", List.of(0, 1)))));
        view.studies()
                .apply(StudyRecord.created(studyId, spec, Optional.empty(), Instant.EPOCH)
                        .withState(state, Optional.empty()));
        return this;
    }

    World command(Proposal trial, int dispatch, TrialCommand.Kind kind) {
        view.commands()
                .apply(new TrialCommand(
                        "command-" + kind,
                        trial.studyId(),
                        trial.number(),
                        dispatch,
                        kind,
                        Optional.empty(),
                        "because",
                        Instant.EPOCH));
        return this;
    }

    World cancelNow(Run run) {
        view.commands()
                .apply(new TrialCommand(
                                "command-now",
                                run.studyId(),
                                run.number(),
                                run.dispatch(),
                                TrialCommand.Kind.CANCEL,
                                Optional.empty(),
                                "because",
                                Instant.EPOCH)
                        .immediately());
        return this;
    }

    World stuck(Run run) {
        view.commands()
                .apply(new TrialCommand(
                        "command-STUCK",
                        run.studyId(),
                        run.number(),
                        run.dispatch(),
                        TrialCommand.Kind.STUCK,
                        Optional.of(run.runId()),
                        "no progress",
                        Instant.EPOCH));
        return this;
    }

    World heartbeat(String trainer, long sequence, State state, Run... runs) {
        List<RunStatus> statuses = Stream.of(runs)
                .map(run -> new RunStatus(run.studyId(), run.number(), run.dispatch(), run.runId(), 0))
                .toList();
        view.runs().apply(new Heartbeat(trainer, "default", state, sequence, 1, "none", "CPU", statuses));
        return this;
    }

    static Run run(Proposal proposal, String runId, String trainerId) {
        return new Run(
                proposal.studyId(),
                proposal.number(),
                proposal.dispatch(),
                runId,
                trainerId,
                proposal.configurationHash());
    }

    static Reason reason(RunEnd end) {
        return end.reason().orElseThrow();
    }

    private void ownHeartbeat() {
        heartbeat(ME, ++ownSequence, State.READY);
    }
}
