package io.trialstream.trainer.run;

import static io.trialstream.trainer.Proposals.aProposal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.trialstream.artifacts.ArtifactStore;
import io.trialstream.artifacts.DirectoryArtifactStore;
import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.TrainerEvent.State;
import io.trialstream.contracts.TrialCommand.Kind;
import io.trialstream.contracts.TrialReport.Errored;
import io.trialstream.contracts.TrialReport.Finished;
import io.trialstream.contracts.TrialReport.Interrupted;
import io.trialstream.contracts.TrialReport.ResumePoint;
import io.trialstream.contracts.TrialReport.Started;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.study.Objective.Direction;
import io.trialstream.trainer.artifact.EventFileReader;
import io.trialstream.trainer.checkpoint.CheckpointHeader;
import io.trialstream.trainer.checkpoint.CheckpointId;
import io.trialstream.trainer.checkpoint.CheckpointSettings;
import io.trialstream.trainer.checkpoint.CheckpointStore;
import io.trialstream.trainer.checkpoint.DirectoryCheckpointStore;
import io.trialstream.trainer.heartbeat.ActiveRuns;
import io.trialstream.trainer.queue.InMemoryTrialQueue;
import io.trialstream.trainer.workload.InfeasibleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final World world = new World();
    private final InMemoryTrialQueue queue = new InMemoryTrialQueue();
    private final RecordingReporter reporter = new RecordingReporter();
    private final RecordingListener listener = new RecordingListener();
    private final ActiveRuns runs = new ActiveRuns();
    private final Drain drain = new Drain(System::nanoTime);
    private final Proposal proposal = aProposal().of("study", 7).build();
    private CompletableFuture<Void> slotDone = CompletableFuture.completedFuture(null);
    private Slot slot;
    private ScriptedWorkload workload;

    @TempDir
    private Path checkpoints;

    @TempDir
    private Path artifacts;

    private CheckpointStore store;
    private ArtifactStore artifactStore;

    @BeforeEach
    void openStore() {
        store = new DirectoryCheckpointStore(checkpoints);
        artifactStore = new DirectoryArtifactStore(artifacts);
    }

    @AfterEach
    void stop() {
        slot.stopTaking();
        await().atMost(SOON).until(slotDone::isDone);
        assertThat(queue.isClosed()).isTrue();
    }

    @Test
    void shouldReportTheBestEpochAndAcceptAfterTheReport() {
        start(3, epoch -> Map.of("objective", epoch == 2 ? 0.9 : 0.5, "loss", 1.0 * epoch));
        queue.put(proposal);
        awaitAccepted();

        assertThat(reporter.reports).hasSize(2).first().isInstanceOf(Started.class);
        Finished finished = (Finished) reporter.last();
        assertThat(finished.state()).isEqualTo(TrialState.COMPLETED);
        assertThat(finished.objective()).contains(0.9);
        assertThat(finished.bestEpoch()).isEqualTo(2);
        assertThat(finished.best()).containsEntry("loss", 2.0);
        assertThat(finished.end()).containsEntry("loss", 3.0).containsEntry("test_objective", 0.25);
        assertThat(reporter.epochs).extracting(report -> report.epoch()).containsExactly(1, 2, 3);
        assertThat(listener.events).containsExactly("started", "epoch", "epoch", "epoch", "ended: COMPLETED");
        assertThat(runs.all()).isEmpty();
    }

    @Test
    void shouldNotTrainWhatTheQueueHasHandedOutTooOften() {
        queue.deliverFor(4);
        start(1, epoch -> Map.of("objective", 0.5));
        queue.put(proposal);
        awaitAccepted();

        assertThat(reporter.reports).singleElement().isInstanceOfSatisfying(Errored.class, errored -> {
            assertThat(errored.reason().code()).isEqualTo("DELIVERED_TOO_OFTEN");
            assertThat(errored.reason().text()).contains("4 times");
        });
        assertThat(listener.events).containsExactly("unstarted: ERRORED");
    }

    @Test
    void shouldTakeTheLeastValueWhereLessIsBetter() {
        start(3, epoch -> Map.of("loss", Math.abs(epoch - 2.0)));
        queue.put(aProposal().metric("loss", Direction.MINIMIZE).build());
        awaitAccepted();
        assertThat(((Finished) reporter.last()).bestEpoch()).isEqualTo(2);
    }

    @Test
    void shouldReportADivergedTrialAsInfeasibleWithoutObjective() {
        start(3, epoch -> {
            if (epoch == 2) {
                throw new InfeasibleException(InfeasibleException.NON_FINITE_LOSS, "the loss became NaN in batch 3");
            }
            return Map.of("objective", 0.5);
        });
        queue.put(proposal);
        awaitAccepted();

        Finished finished = (Finished) reporter.last();
        assertThat(finished.state()).isEqualTo(TrialState.INFEASIBLE);
        assertThat(finished.objective()).isEmpty();
        assertThat(finished.epochs()).isEqualTo(1);
        assertThat(finished.reason().orElseThrow().code()).isEqualTo("NON_FINITE_LOSS");
        assertThat(finished.reason().orElseThrow().text()).contains("batch 3");
    }

    /** Another run of the configuration would come to the same. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void shouldReportATrialWhoseObjectiveIsNotFiniteAsInfeasibleAfterOneRun(double objective) {
        start(1, epoch -> Map.of("objective", objective));
        queue.put(proposal);
        awaitAccepted();

        Finished finished = (Finished) reporter.last();
        assertThat(finished.state()).isEqualTo(TrialState.INFEASIBLE);
        assertThat(finished.reason().orElseThrow().code()).isEqualTo("NON_FINITE_METRIC");
        assertThat(finished.reason().orElseThrow().text()).contains("objective").contains(String.valueOf(objective));
    }

    @Test
    void shouldReportAnyOtherFailureAsAnErrorOfTheInfrastructureAndGoOn() {
        start(1, epoch -> {
            throw new OutOfMemoryError("no more heap");
        });
        queue.put(proposal);
        queue.put(aProposal().of("study", 8).build());
        await().atMost(SOON).until(() -> queue.accepted().size() == 2);

        assertThat(reporter.last()).isInstanceOf(Errored.class);
        assertThat(((Errored) reporter.last()).reason().code()).isEqualTo("TRAINING_FAILED");
        assertThat(((Errored) reporter.last()).reason().text()).contains("no more heap");
    }

    @Test
    void shouldSayWhichMetricsThereAreWhenTheStudyNamesAnother() {
        start(1, epoch -> Map.of("objective", 0.5));
        queue.put(aProposal().metric("accuracy", Direction.MAXIMIZE).build());
        awaitAccepted();

        Errored errored = (Errored) reporter.last();
        assertThat(errored.reason().code()).isEqualTo("METRIC_NOT_REPORTED");
        assertThat(errored.reason().text()).contains("'accuracy'").contains("[objective]");
    }

    @Test
    void shouldPruneAtTheEpochsEndWithTheBestSoFar() {
        start(3, epoch -> {
            world.command(proposal, 1, Kind.PRUNE);
            return Map.of("objective", 0.5);
        });
        queue.put(proposal);
        awaitAccepted();

        Finished finished = (Finished) reporter.last();
        assertThat(finished.state()).isEqualTo(TrialState.PRUNED);
        assertThat(finished.objective()).contains(0.5);
        assertThat(finished.epochs()).isEqualTo(1);
        assertThat(finished.commandId()).contains("command-PRUNE");
        assertThat(finished.end()).doesNotContainKey("test_objective");
    }

    @Test
    void shouldCompleteWhenTheCommandComesDuringTheLastEpoch() {
        start(1, epoch -> {
            world.command(proposal, 1, Kind.CANCEL);
            return Map.of("objective", 0.5);
        });
        queue.put(proposal);
        awaitAccepted();
        assertThat(((Finished) reporter.last()).state()).isEqualTo(TrialState.COMPLETED);
    }

    @Test
    void shouldReportACancelledTrialWithoutStartingIt() throws Exception {
        write("run-a", 1, proposal.seed());
        world.command(proposal, 1, Kind.CANCEL);
        start(1, epoch -> Map.of("objective", 0.5));
        queue.put(proposal);
        awaitAccepted();

        assertThat(reporter.reports).hasSize(1);
        assertThat(((Finished) reporter.last()).state()).isEqualTo(TrialState.CANCELLED);
        assertThat(listener.events).containsExactly("unstarted: CANCELLED");
        assertThat(store.list(proposal.trialId())).isEmpty();
    }

    @Test
    void shouldAcceptASupersededTrialSilently() {
        world.command(proposal, 2, Kind.SUPERSEDE);
        start(1, epoch -> Map.of("objective", 0.5));
        queue.put(proposal);
        awaitAccepted();
        assertThat(reporter.reports).isEmpty();
        assertThat(listener.events).containsExactly("discarded: it has been queued again");
    }

    @Test
    void shouldStartOnceTheOldRunStaysSilent() {
        Run elsewhere = World.run(proposal, "run-elsewhere", "other");
        world.heartbeat("other", 1, State.READY, elsewhere);
        start(1, epoch -> Map.of("objective", 0.5));
        queue.put(proposal);
        await().atMost(SOON).until(() -> queue.renewals() > 2);
        assertThat(reporter.reports).isEmpty();

        world.intervals(3);

        awaitAccepted();
        assertThat(((Finished) reporter.last()).state()).isEqualTo(TrialState.COMPLETED);
    }

    @Test
    void shouldGiveBackATrialThatWaitsWhenTheTrainerStops() {
        world.heartbeat("other", 1, State.READY, World.run(proposal, "run-elsewhere", "other"));
        start(1, epoch -> Map.of("objective", 0.5));
        queue.put(proposal);
        await().atMost(SOON).until(() -> queue.renewals() > 0);

        slot.stopTaking();

        await().atMost(SOON).until(() -> queue.released().equals(List.of(proposal)));
        assertThat(reporter.reports).isEmpty();
        assertThat(queue.accepted()).isEmpty();
    }

    @Test
    void shouldDrainAtTheEpochsEnd() {
        CountDownLatch draining = new CountDownLatch(1);
        start(3, epoch -> {
            waitFor(draining);
            return Map.of("objective", 0.5);
        });
        queue.put(proposal);
        await().atMost(SOON).until(() -> !listener.started.isEmpty());

        drain.request(Duration.ofMinutes(1));
        slot.stopTaking();
        draining.countDown();

        awaitAccepted();
        assertThat(reporter.last()).isInstanceOf(Interrupted.class);
        assertThat(((Interrupted) reporter.last()).epoch()).isEqualTo(1);
        assertThat(((Interrupted) reporter.last()).reason()).isEqualTo(EpochDecision.DRAINING);
    }

    @Test
    void shouldBreakAnEpochOffThatOutlastsTheDrain() {
        start(3, epoch -> {
            waitFor(new CountDownLatch(1));
            return Map.of();
        });
        queue.put(proposal);
        await().atMost(SOON).until(() -> !listener.started.isEmpty());

        drain.request(Duration.ofMillis(50));
        slot.stopTaking();

        awaitAccepted();
        assertThat(((Interrupted) reporter.last()).epoch()).isZero();
    }

    @Test
    void shouldBreakOffAStuckRunWithinItsEpoch() {
        start(3, epoch -> {
            waitFor(new CountDownLatch(1));
            return Map.of();
        });
        queue.put(proposal);
        await().atMost(SOON).until(() -> !listener.started.isEmpty());

        world.stuck(listener.started.get(0));

        awaitAccepted();
        assertThat(((Errored) reporter.last()).reason().code()).isEqualTo("STUCK");
    }

    @Test
    void shouldCancelInTheMiddleOfAnEpochWhenToldToDoSoAtOnce() {
        CountDownLatch never = new CountDownLatch(1);
        start(2, epoch -> {
            waitFor(never);
            return Map.of("objective", 0.5);
        });
        queue.put(proposal);
        await().atMost(SOON).until(() -> !listener.started.isEmpty());

        world.command(proposal, proposal.dispatch(), Kind.CANCEL);
        world.cancelNow(listener.started.get(0));

        awaitAccepted();
        assertThat(reporter.last()).isInstanceOfSatisfying(Finished.class, finished -> {
            assertThat(finished.state()).isEqualTo(TrialState.CANCELLED);
            assertThat(finished.commandId()).contains("command-now");
            assertThat(finished.epochs()).isZero();
        });
    }

    @Test
    void shouldReportForACancelledTrainingThatDoesNotAnswer() {
        CountDownLatch never = new CountDownLatch(1);
        start(1, epoch -> {
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    // Deaf on purpose.
                }
            }
            return Map.of("objective", 0.5);
        });
        queue.put(proposal);
        await().atMost(SOON).until(() -> !listener.started.isEmpty());

        world.cancelNow(listener.started.get(0));

        awaitAccepted();
        assertThat(((Errored) reporter.last()).reason().code()).isEqualTo("CANCELLED");
        never.countDown();
    }

    @Test
    void shouldReportForATrainingThatDoesNotAnswerAndThenFail() {
        CountDownLatch never = new CountDownLatch(1);
        start(1, epoch -> {
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    // Deaf on purpose.
                }
            }
            return Map.of("objective", 0.5);
        });
        queue.put(proposal);
        await().atMost(SOON).until(() -> !listener.started.isEmpty());

        world.stuck(listener.started.get(0));

        awaitAccepted();
        assertThat(reporter.last()).isInstanceOf(Errored.class);
        assertThat(slotDone)
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("hangs");
        never.countDown();
    }

    @Test
    void shouldGoOnWithoutItsLockAndKnowThatTheRecordComesAgain() {
        CountDownLatch lost = new CountDownLatch(1);
        start(2, epoch -> {
            waitFor(lost);
            return Map.of("objective", 0.5);
        });
        queue.put(proposal);
        await().atMost(SOON).until(() -> !listener.started.isEmpty());

        queue.loseLocks();
        await().atMost(SOON).until(() -> listener.events.contains("lock lost"));
        lost.countDown();

        await().atMost(SOON).until(() -> listener.events.contains("ended: COMPLETED"));
        assertThat(queue.accepted()).isEmpty();
    }

    @Test
    void shouldGoOnFromTheHighestSoundCheckpointOfAnyRun() throws Exception {
        // Given: two earlier runs, the farther one damaged
        write("run-a", 1, proposal.seed());
        write("run-a", 2, proposal.seed());
        write("run-b", 3, proposal.seed());
        Path damaged = checkpoints.resolve("study/7/run-b/epoch-3");
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);

        // When
        start(4, epoch -> Map.of("objective", epoch / 10.0));
        queue.put(proposal);
        awaitAccepted();

        // Then
        Started started = (Started) reporter.reports.get(0);
        assertThat(started.resumedFrom()).contains(new ResumePoint("run-a", 2));
        assertThat(workload.restoredAfter).isEqualTo(2);
        assertThat(reporter.epochs).extracting(EpochReport::epoch).containsExactly(3, 4);
        Finished finished = (Finished) reporter.last();
        assertThat(finished.objective()).as("of an epoch before the resume").contains(0.9);
        assertThat(finished.bestEpoch()).isEqualTo(1);
        assertThat(finished.epochs()).isEqualTo(4);
        assertThat(store.list(proposal.trialId())).isEmpty();
    }

    @Test
    void shouldNotGoOnFromACheckpointOfAnotherSeed() throws Exception {
        write("run-a", 2, proposal.seed() + 1);
        start(3, epoch -> Map.of("objective", 0.5));
        queue.put(proposal);
        awaitAccepted();

        assertThat(((Started) reporter.reports.get(0)).resumedFrom()).isEmpty();
        assertThat(reporter.epochs).extracting(EpochReport::epoch).containsExactly(1, 2, 3);
    }

    @Test
    void shouldReportATrialThatHadOnlyItsReportLeft() throws Exception {
        write("run-a", 3, proposal.seed());
        start(3, epoch -> {
            throw new AssertionError("no epoch is left");
        });
        queue.put(proposal);
        awaitAccepted();

        assertThat(((Finished) reporter.last()).end()).containsEntry("test_objective", 0.25);
    }

    @Test
    void shouldLeaveItsTwoNewestCheckpointsWhenItIsBrokenOff() throws Exception {
        start(9, epoch -> {
            if (epoch == 8) {
                throw new IllegalStateException("the device is gone");
            }
            return Map.of("objective", 0.5);
        });
        queue.put(proposal);
        awaitAccepted();

        assertThat(store.list(proposal.trialId()))
                .as("every second epoch")
                .extracting(CheckpointId::epoch)
                .containsExactly(6, 4);
    }

    @Test
    void shouldCheckpointAtTheDrainWhateverEpochItIs() throws Exception {
        CountDownLatch draining = new CountDownLatch(1);
        start(9, epoch -> {
            waitFor(draining);
            return Map.of("objective", 0.5);
        });
        queue.put(proposal);
        await().atMost(SOON).until(() -> !listener.started.isEmpty());

        drain.request(Duration.ofMinutes(1));
        slot.stopTaking();
        draining.countDown();

        awaitAccepted();
        assertThat(store.list(proposal.trialId()))
                .containsExactly(new CheckpointId(
                        proposal.trialId(), listener.started.get(0).runId(), 1));
    }

    @Test
    void shouldTrainOnWhenCheckpointsCannotBeWritten() throws Exception {
        Files.writeString(checkpoints.resolve("study"), "a file where a directory must be");
        start(4, epoch -> Map.of("objective", 0.5));
        queue.put(proposal);
        awaitAccepted();

        assertThat(((Finished) reporter.last()).state()).isEqualTo(TrialState.COMPLETED);
    }

    @Test
    void shouldLeaveTheCurveForTensorBoardAndWhatTheWorkloadLeaves() throws Exception {
        start(2, epoch -> Map.of("objective", epoch / 4.0));
        queue.put(proposal);
        awaitAccepted();

        String runId = listener.started.get(0).runId();
        assertThat(artifactStore.list("study", 7))
                .extracting(artifact -> artifact.id().runId(), artifact -> artifact.id()
                        .name())
                .hasSize(3)
                .contains(tuple(runId, "secret.txt"), tuple(runId, "run.log"))
                .anySatisfy(
                        found -> assertThat(found.toList().get(1).toString()).startsWith("events.out.tfevents."));
        Path events = artifactStore.list("study", 7).stream()
                .map(artifact -> artifacts.resolve(artifact.id().key()))
                .filter(path -> path.getFileName().toString().startsWith("events"))
                .findFirst()
                .orElseThrow();
        assertThat(EventFileReader.scalars(Files.readAllBytes(events)))
                .containsExactly("1 objective 0.25", "2 objective 0.5", "2 test_objective 0.25");
        assertThat(Files.readString(events.resolveSibling("run.log")))
                .contains("begins 2 epochs", "epoch 1 took", "objective=0.25", "epoch 2 took", "ended as COMPLETED");
    }

    /** Of a run whose first epoch was its best. */
    private void write(String runId, int epoch, long seed) throws IOException {
        CheckpointHeader.Fingerprint fingerprint = new CheckpointHeader.Fingerprint(
                proposal.configurationHash(), proposal.training().toTree(), seed, "none");
        Map<String, Double> best = Map.of("objective", 0.9);
        store.write(
                new CheckpointId(proposal.trialId(), runId, epoch),
                new CheckpointHeader(1, fingerprint, new CheckpointHeader.Progress(epoch, 1, best, best)),
                state -> state.put("secret", new float[] {42}));
    }

    private void start(int epochs, IntFunction<Map<String, Double>> script) {
        SlotTiming timing = new SlotTiming(
                Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofMillis(5), Duration.ofMillis(100));
        workload = new ScriptedWorkload(epochs, script);
        slot = new Slot(
                "slot",
                queue,
                new SlotContext(
                        World.ME,
                        TrialResources.withoutEngine(
                                new Workloads(List.of(workload)),
                                new Checkpoints(store, new CheckpointSettings(2, Duration.ZERO)),
                                new Artifacts(artifactStore, true)),
                        new RunReporting(reporter, runs, listener),
                        world.view,
                        new SlotControl(drain, timing, Clock.systemUTC())));
        slotDone = CompletableFuture.runAsync(slot);
    }

    private void awaitAccepted() {
        await().atMost(SOON).until(() -> !queue.accepted().isEmpty());
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new CancellationException("interrupted");
        }
    }
}
