package io.trialstream.contracts;

import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.TrainerEvent.RunStatus;
import io.trialstream.contracts.TrainerEvent.Tick;
import io.trialstream.contracts.TrialCommand.Kind;
import io.trialstream.contracts.TrialReport.Errored;
import io.trialstream.contracts.TrialReport.Finished;
import io.trialstream.contracts.TrialReport.Interrupted;
import io.trialstream.contracts.TrialReport.ResumePoint;
import io.trialstream.contracts.TrialReport.RungReached;
import io.trialstream.contracts.TrialReport.Started;
import io.trialstream.contracts.blueprint.Activation;
import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.contracts.study.ExecTraining;
import io.trialstream.contracts.study.Objective;
import io.trialstream.contracts.study.Protocol;
import io.trialstream.contracts.study.SleepTraining;
import io.trialstream.contracts.study.StudySpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One message of every kind; each has a golden file of the same name. */
final class Examples {
    static final Instant NOW = Instant.parse("2026-01-31T12:00:00.250Z");
    static final String STUDY = "0f8fad5b-d9cb-469f-a165-70867728950e";
    static final String RUN = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    static final String HASH = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    private static final Objective ACCURACY = new Objective("fine_accuracy", Objective.Direction.MAXIMIZE);
    private static final Outcome.Row ROW = new Outcome.Row(3, HASH, NOW);
    private static final SamplerStamp SAMPLER = new SamplerStamp("tree-tpe", 1);

    /** A message and the name of its golden file. */
    record Example(String name, Message message, Class<? extends Message> type) {
        @Override
        public String toString() {
            return name;
        }
    }

    private Examples() {}

    static List<Example> all() {
        return Stream.of(
                        studies(),
                        trials(),
                        started(),
                        reports(),
                        finished(),
                        outcomes(),
                        trainers(),
                        commands(),
                        deadLetters())
                .flatMap(List::stream)
                .toList();
    }

    static Example named(String name) {
        return all().stream()
                .filter(example -> example.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Example> studies() {
        return List.of(
                example(
                        "study-record-cifar-cnn",
                        StudyRecord.class,
                        new StudyRecord(
                                STUDY,
                                StudySpec.read(cifarStudy()),
                                StudyState.RUNNING,
                                Optional.empty(),
                                12,
                                30L,
                                Optional.empty(),
                                NOW,
                                Optional.empty())),
                example(
                        "study-record-sleep",
                        StudyRecord.class,
                        new StudyRecord(
                                "demo",
                                StudySpec.read(sleepStudy()),
                                StudyState.COMPLETED,
                                Optional.of(new Reason("BUDGET_USED", "all 20 trials have ended")),
                                20,
                                43L,
                                Optional.of("create-demo-1"),
                                NOW,
                                Optional.empty())),
                example(
                        "study-record-failed",
                        StudyRecord.class,
                        new StudyRecord(
                                "demo",
                                StudySpec.read(sleepStudy()),
                                StudyState.FAILED,
                                Optional.of(new Reason(
                                        "SUGGESTION_FAILED",
                                        "the sampler failed at trial 7: OutOfMemoryError: Java heap space")),
                                7,
                                12L,
                                Optional.empty(),
                                NOW,
                                Optional.of(3))));
    }

    private static Map<String, Object> cifarStudy() {
        Map<String, Object> space = new LinkedHashMap<>();
        space.put("lr_rate_mult", Map.of("loguniform", List.of(-0.5, 0.5)));
        space.put("batch_size", Map.of("quniform", List.of(100, 450, 5)));
        space.put("optimizer", Map.of("choice", List.of("Adam", "Nadam")));
        Map<String, Object> study = new LinkedHashMap<>();
        study.put("name", "cifar100-small");
        study.put("objective", Map.of("metric", "fine_accuracy", "direction", "maximize"));
        study.put("sampler", Map.of("type", "tree-tpe", "seed", 42, "startupTrials", 20));
        study.put("budget", Map.of("trials", 200, "trainingTime", "PT24H", "infeasible", 50, "failed", 10));
        study.put("concurrency", 8);
        study.put(
                "training",
                Map.of(
                        "workload",
                        "cifar-cnn",
                        "dataset",
                        "cifar100",
                        "epochs",
                        100,
                        "subset",
                        Map.of("train", 45_000, "validation", 5_000)));
        study.put("enqueue", List.of(Map.of("lr_rate_mult", 1.0, "batch_size", 100.0, "optimizer", "Adam")));
        study.put("space", space);
        return study;
    }

    private static Map<String, Object> sleepStudy() {
        return Map.of(
                "name", "demo",
                "objective", Map.of("metric", "objective", "direction", "minimize"),
                "sampler", Map.of("type", "hyperopt"),
                "budget", Map.of("trials", 20),
                "concurrency", "auto",
                "pool", "small",
                "grid", "hyperopt",
                "training", Map.of("workload", "sleep", "epochs", 3, "epochDuration", "PT0.2S"),
                "space", Map.of("x", Map.of("uniform", List.of(-5, 5))));
    }

    private static List<Example> trials() {
        LedgerRecord proposed = LedgerRecord.proposed(
                        new TrialId(STUDY, 11),
                        new LedgerRecord.Point(configuration(), assignment(), HASH),
                        Origin.MODEL,
                        new LedgerRecord.Basis(9L, List.of(8, 10), SAMPLER),
                        NOW)
                .dispatchedAgain();
        LedgerRecord waiting = LedgerRecord.enqueued(
                new TrialId(STUDY, 0),
                new LedgerRecord.Point(configuration(), assignment(), HASH),
                new LedgerRecord.Basis(0L, List.of(), SAMPLER),
                NOW);
        LedgerRecord imported = LedgerRecord.imported(
                new TrialId(STUDY, 12),
                new LedgerRecord.Point(configuration(), assignment(), HASH),
                new ImportedResult(
                        HASH,
                        "model_0.676100010872_6066e",
                        RUN,
                        TrialState.COMPLETED,
                        Optional.of(0.67),
                        100,
                        93,
                        Map.of("fine_accuracy", 0.67),
                        Map.of("fine_accuracy", 0.65),
                        Duration.ofHours(2),
                        Optional.empty(),
                        NOW),
                SAMPLER,
                NOW);
        LedgerRecord retrain = LedgerRecord.retrain(
                        new TrialId(STUDY, 13),
                        new LedgerRecord.Point(configuration(), assignment(), HASH),
                        new Retrain(11, Optional.of(200)),
                        SAMPLER,
                        NOW)
                .dispatchedAgain();
        return List.of(
                example("ledger-record", LedgerRecord.class, proposed),
                example("ledger-record-imported", LedgerRecord.class, imported),
                example("ledger-record-retrain", LedgerRecord.class, retrain),
                example("ledger-record-waiting", LedgerRecord.class, waiting),
                example(
                        "ledger-record-failed",
                        LedgerRecord.class,
                        proposed.failed(new Reason("FAILURE_LIMIT", "3 runs ended without a result"))),
                example(
                        "ledger-record-cancelled",
                        LedgerRecord.class,
                        waiting.cancelled(Reason.of(ReasonCode.STUDY_STOPPED, "the study was stopped by its user"))),
                example(
                        "proposal-cifar-cnn",
                        Proposal.class,
                        new Proposal(
                                STUDY,
                                11,
                                2,
                                configuration(),
                                HASH,
                                ACCURACY,
                                new CnnTraining("cifar100", 100, Protocol.HONEST, 45_000, 5_000, 1.0),
                                -7046029254386353131L)),
                example(
                        "proposal-sleep",
                        Proposal.class,
                        new Proposal(
                                "demo",
                                3,
                                1,
                                Map.of("x", -1.25),
                                HASH,
                                new Objective("objective", Objective.Direction.MINIMIZE),
                                new SleepTraining(3, Duration.ofMillis(200)),
                                7L)),
                example(
                        "proposal-exec",
                        Proposal.class,
                        new Proposal(
                                "demo",
                                4,
                                1,
                                Map.of("lr", 0.1),
                                HASH,
                                ACCURACY,
                                new ExecTraining(
                                        "mnist-mlp", 20, Optional.of(Duration.ofHours(2)), Map.of("data", "small")),
                                7L)),
                example(
                        "proposal-retrain",
                        Proposal.class,
                        new Proposal(
                                "demo",
                                13,
                                1,
                                Map.of("x", -1.25),
                                HASH,
                                new Objective("objective", Objective.Direction.MINIMIZE),
                                new SleepTraining(5, Duration.ofMillis(200)),
                                7L,
                                true)));
    }

    private static Map<String, Object> configuration() {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("lr_rate_mult", 1.25);
        configuration.put("batch_size", 205.0);
        configuration.put("optimizer", "Adam");
        configuration.put("first_conv", null);
        configuration.put("nested", Map.of("flags", List.of(true, false)));
        return configuration;
    }

    private static Map<String, Double> assignment() {
        Map<String, Double> assignment = new LinkedHashMap<>();
        assignment.put("lr_rate_mult", 1.25);
        assignment.put("batch_size", 205.0);
        assignment.put("optimizer", 0.0);
        return assignment;
    }

    private static Run run() {
        return new Run(STUDY, 11, 2, RUN, "trainer-1", HASH);
    }

    private static List<Example> started() {
        return List.of(
                example(
                        "trial-report-started",
                        TrialReport.class,
                        new Started(
                                run(),
                                "dl4j 1.0.0-M2.1",
                                "CPU, 4 threads",
                                1,
                                100,
                                Optional.empty(),
                                Optional.empty(),
                                NOW)),
                example(
                        "trial-report-started-resumed",
                        TrialReport.class,
                        new Started(
                                run(),
                                "dl4j 1.0.0-M2.1",
                                "CUDA 0",
                                2,
                                100,
                                Optional.of(blueprint()),
                                Optional.of(new ResumePoint("16fd2706-8baf-433b-82eb-8c7fada847da", 40)),
                                NOW)));
    }

    /** A network with a layer of every kind. */
    private static NetworkBlueprint blueprint() {
        List<Integer> map = List.of(8, 16, 16);
        return NetworkBlueprint.of(
                List.of(3, 32, 32),
                List.of(
                        new BlueprintLayer.Input("image", List.of(3, 32, 32)),
                        new BlueprintLayer.Convolution(
                                "conv", List.of("image"), List.of(8, 32, 32), 8, 3, 1, Activation.RELU, 0.0002, 224L),
                        new BlueprintLayer.BatchNormalization("norm", List.of("conv"), List.of(8, 32, 32), 32L),
                        new BlueprintLayer.Pooling(
                                "max", List.of("norm"), map, BlueprintLayer.Pooling.Kind.MAX, 2, 2, true),
                        new BlueprintLayer.Pooling(
                                "avg", List.of("norm"), map, BlueprintLayer.Pooling.Kind.AVG, 2, 2, false),
                        new BlueprintLayer.Dropout("drop", List.of("max"), map, 0.25),
                        new BlueprintLayer.Add("add", List.of("drop", "avg"), map),
                        new BlueprintLayer.Concatenate("both", List.of("add", "avg"), List.of(16, 16, 16)),
                        new BlueprintLayer.Flatten("flat", List.of("both"), List.of(4096)),
                        new BlueprintLayer.Dense(
                                "dense", List.of("flat"), List.of(32), 32, Activation.ELU, 0.0002, 131_104L),
                        new BlueprintLayer.Head(
                                "fine", List.of("dense"), List.of(100), 100, Activation.SOFTMAX, 1.0, 0.0002, 3_300L)));
    }

    private static List<Example> reports() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("fine_accuracy", 0.41);
        metrics.put("train_loss", 2.5);
        Map<String, Double> diverged = new LinkedHashMap<>();
        diverged.put("fine_accuracy", 0.01);
        diverged.put("train_loss", Double.NaN);
        return List.of(
                example("trial-report-rung", TrialReport.class, new RungReached(run(), 4, 0.31, NOW)),
                example(
                        "trial-report-interrupted",
                        TrialReport.class,
                        new Interrupted(
                                run(), 17, Reason.of(ReasonCode.DRAINING, "the trainer was asked to stop"), NOW)),
                example(
                        "trial-report-errored",
                        TrialReport.class,
                        new Errored(
                                run(), 0, new Reason("DATASET_UNREADABLE", "train.bin is shorter than expected"), NOW)),
                example(
                        "epoch-report",
                        EpochReport.class,
                        new EpochReport(run(), 5, metrics, Duration.ofMillis(61_500), Optional.empty(), NOW)),
                example(
                        "epoch-report-non-finite",
                        EpochReport.class,
                        new EpochReport(run(), 6, diverged, Duration.ofSeconds(60), Optional.empty(), NOW)));
    }

    private static List<Example> finished() {
        return List.of(
                example(
                        "trial-report-completed",
                        TrialReport.class,
                        new Finished(
                                run(),
                                TrialState.COMPLETED,
                                Optional.of(0.67),
                                100,
                                93,
                                Map.of("fine_accuracy", 0.67),
                                Map.of("fine_accuracy", 0.66, "test_fine_accuracy", 0.65),
                                Duration.ofMinutes(90),
                                Optional.empty(),
                                Optional.empty(),
                                NOW)),
                example(
                        "trial-report-pruned",
                        TrialReport.class,
                        new Finished(
                                run(),
                                TrialState.PRUNED,
                                Optional.of(0.12),
                                4,
                                3,
                                Map.of("fine_accuracy", 0.12),
                                Map.of("fine_accuracy", 0.11),
                                Duration.ofMinutes(4),
                                Optional.of(Reason.of(ReasonCode.PRUNED, "worse than two thirds at epoch 4")),
                                Optional.of("prune-77"),
                                NOW)),
                example(
                        "trial-report-infeasible",
                        TrialReport.class,
                        new Finished(
                                run(),
                                TrialState.INFEASIBLE,
                                Optional.empty(),
                                1,
                                0,
                                Map.of(),
                                diverged(),
                                Duration.ofSeconds(75),
                                Optional.of(Reason.of(ReasonCode.NON_FINITE_LOSS, "the loss was NaN in epoch 1")),
                                Optional.empty(),
                                NOW)),
                example(
                        "trial-report-cancelled",
                        TrialReport.class,
                        new Finished(
                                run(),
                                TrialState.CANCELLED,
                                Optional.empty(),
                                0,
                                0,
                                Map.of(),
                                Map.of(),
                                Duration.ZERO,
                                Optional.of(Reason.of(ReasonCode.STUDY_STOPPED, "the study was stopped")),
                                Optional.of("cancel-78"),
                                NOW)));
    }

    private static Map<String, Double> diverged() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("train_loss", Double.POSITIVE_INFINITY);
        return metrics;
    }

    private static List<Example> outcomes() {
        return List.of(
                outcome(
                        "outcome-completed",
                        TrialState.COMPLETED,
                        Optional.of(10L),
                        Optional.of(0.67),
                        Optional.empty()),
                outcome(
                        "outcome-pruned",
                        TrialState.PRUNED,
                        Optional.of(11L),
                        Optional.of(0.12),
                        Optional.of(Reason.of(ReasonCode.PRUNED, "worse than two thirds at epoch 4"))),
                outcome(
                        "outcome-infeasible",
                        TrialState.INFEASIBLE,
                        Optional.of(12L),
                        Optional.empty(),
                        Optional.of(Reason.of(ReasonCode.NON_FINITE_LOSS, "the loss was NaN in epoch 1"))),
                example(
                        "outcome-retrain",
                        Outcome.class,
                        Outcome.ofRetrain(
                                new TrialId(STUDY, 13),
                                ROW,
                                new Outcome.End(
                                        TrialState.COMPLETED,
                                        Optional.of(0.67),
                                        200,
                                        Optional.of(RUN),
                                        Optional.empty()))),
                outcome(
                        "outcome-failed",
                        TrialState.FAILED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Reason("FAILURE_LIMIT", "3 runs ended without a result"))),
                outcome(
                        "outcome-cancelled",
                        TrialState.CANCELLED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Reason.of(ReasonCode.STUDY_STOPPED, "the study was stopped"))));
    }

    private static Example outcome(
            String name,
            TrialState state,
            Optional<Long> evidence,
            Optional<Double> objective,
            Optional<Reason> reason) {
        TrialId trial = new TrialId(STUDY, 11);
        Optional<String> run = state == TrialState.FAILED ? Optional.empty() : Optional.of(RUN);
        Outcome.End end = new Outcome.End(state, objective, 4, run, reason);
        return example(
                name,
                Outcome.class,
                evidence.map(evidenceNumber -> Outcome.evidence(trial, evidenceNumber, ROW, end))
                        .orElseGet(() -> Outcome.withoutEvidence(trial, ROW, end)));
    }

    private static List<Example> trainers() {
        return List.of(
                example(
                        "trainer-event-heartbeat",
                        TrainerEvent.class,
                        new Heartbeat(
                                "trainer-1",
                                "default",
                                TrainerEvent.State.READY,
                                512L,
                                2,
                                "dl4j 1.0.0-M2.1",
                                "CPU, 4 threads",
                                List.of(new RunStatus(STUDY, 11, 2, RUN, 17)))),
                example(
                        "trainer-event-heartbeat-capabilities",
                        TrainerEvent.class,
                        new Heartbeat(
                                "trainer-1",
                                "default",
                                TrainerEvent.State.READY,
                                510L,
                                2,
                                "none",
                                "none",
                                List.of(),
                                Optional.of(List.of(
                                        new Capability("sleep", List.of("objective", "loss"), List.of(), List.of()),
                                        new Capability(
                                                "other-cnn", List.of(), List.of("lr"), List.of("folder:birds")))))),
                example(
                        "trainer-event-heartbeat-programs",
                        TrainerEvent.class,
                        new Heartbeat(
                                "trainer-1",
                                "default",
                                TrainerEvent.State.READY,
                                1L,
                                1,
                                "none",
                                "none",
                                List.of(),
                                Optional.of(List.of(new Capability(
                                        "exec", List.of(), List.of(), List.of(), List.of("digits", "mnist-mlp")))))),
                example("trainer-event-tick", TrainerEvent.class, new Tick("suggester-1", 90_000L)));
    }

    private static List<Example> commands() {
        return List.of(
                command("trial-command-prune", Kind.PRUNE, Optional.empty(), "worse than two thirds at epoch 4"),
                command("trial-command-cancel", Kind.CANCEL, Optional.empty(), "the study was stopped"),
                example(
                        "trial-command-cancel-now",
                        TrialCommand.class,
                        new TrialCommand(
                                        "command-77",
                                        STUDY,
                                        11,
                                        2,
                                        Kind.CANCEL,
                                        Optional.empty(),
                                        "the study was stopped",
                                        NOW)
                                .immediately()),
                command("trial-command-stuck", Kind.STUCK, Optional.of(RUN), "no epoch for 10 minutes"),
                command(
                        "trial-command-supersede",
                        Kind.SUPERSEDE,
                        Optional.empty(),
                        "queued again after its trainer was lost"));
    }

    private static Example command(String name, Kind kind, Optional<String> run, String reason) {
        return example(name, TrialCommand.class, new TrialCommand("command-77", STUDY, 11, 2, kind, run, reason, NOW));
    }

    private static List<Example> deadLetters() {
        return List.of(
                example(
                        "dead-letter",
                        DeadLetter.class,
                        DeadLetter.of(
                                "trial-reports",
                                3,
                                4711L,
                                "results",
                                Optional.of("demo:3"),
                                DeadLetterCode.NOT_JSON,
                                "not JSON: unexpected end",
                                "{\"schemaVersion\":".getBytes(StandardCharsets.UTF_8),
                                NOW)),
                example(
                        "dead-letter-without-key",
                        DeadLetter.class,
                        DeadLetter.of(
                                "studies",
                                0,
                                0L,
                                "suggester",
                                Optional.empty(),
                                DeadLetterCode.NOT_AN_OBJECT,
                                "a message is a JSON object",
                                new byte[0],
                                NOW)));
    }

    private static Example example(String name, Class<? extends Message> type, Message message) {
        return new Example(name, message, type);
    }
}
