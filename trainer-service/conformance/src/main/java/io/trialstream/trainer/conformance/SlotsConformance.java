package io.trialstream.trainer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.artifacts.DirectoryArtifactStore;
import io.trialstream.contracts.EpochReport;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.TrialReport.Finished;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.contracts.study.Objective;
import io.trialstream.contracts.study.Protocol;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.checkpoint.CheckpointSettings;
import io.trialstream.trainer.checkpoint.DirectoryCheckpointStore;
import io.trialstream.trainer.command.StudyStates;
import io.trialstream.trainer.command.TrialCommands;
import io.trialstream.trainer.dataset.DatasetCatalog;
import io.trialstream.trainer.heartbeat.ActiveRuns;
import io.trialstream.trainer.heartbeat.LiveRuns;
import io.trialstream.trainer.run.Artifacts;
import io.trialstream.trainer.run.Checkpoints;
import io.trialstream.trainer.run.ClusterView;
import io.trialstream.trainer.run.Drain;
import io.trialstream.trainer.run.EngineDescription;
import io.trialstream.trainer.run.RunListener;
import io.trialstream.trainer.run.RunReporting;
import io.trialstream.trainer.run.Slot;
import io.trialstream.trainer.run.SlotContext;
import io.trialstream.trainer.run.SlotControl;
import io.trialstream.trainer.run.SlotTiming;
import io.trialstream.trainer.run.StartupCheck;
import io.trialstream.trainer.run.TrialResources;
import io.trialstream.trainer.run.Workloads;
import io.trialstream.trainer.training.CnnWorkload;
import io.trialstream.trainer.training.Engine;
import io.trialstream.trainer.training.TrialMemory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several slots of one trainer on one engine: trials at once, each as if it were alone, each within its memory. */
public abstract class SlotsConformance {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int EPOCHS = 4;

    @TempDir
    private Path directory;

    /** The engine, the same one each time. */
    protected abstract Engine engine();

    @Test
    void shouldTrainTwoTrialsAtOnceEachAsItWouldAlone() {
        Proposal nadam = proposal(0, "Nadam", 0.1);
        Proposal adam = proposal(1, "Adam", 0.1);

        ReportsInMemory together = train(2, OptionalLong.empty(), nadam, adam);
        ReportsInMemory alone = train(1, OptionalLong.empty(), nadam, adam);

        for (Proposal proposal : List.of(nadam, adam)) {
            assertThat(together.curve(proposal)).hasSize(EPOCHS).isEqualTo(alone.curve(proposal));
            assertThat(together.finished(proposal).end())
                    .isEqualTo(alone.finished(proposal).end());
        }
        assertThat(epochsBeforeTheFirstEnd(alone)).containsOnly(0);
        assertThat(epochsBeforeTheFirstEnd(together)).as("neither has to wait").containsOnly(0, 1);
    }

    /** The trials, by number, of which an epoch had ended when the first of all trials had its last one reported. */
    private static List<Integer> epochsBeforeTheFirstEnd(ReportsInMemory reports) {
        return reports.all().stream()
                .takeWhile(report -> !(report instanceof Finished))
                .flatMap(report -> report instanceof EpochReport epoch ? Stream.of(epoch) : Stream.empty())
                .map(epoch -> epoch.run().number())
                .distinct()
                .toList();
    }

    @Test
    void shouldHoldEachTrialToItsShareOfTheMemoryAndLetTheOtherGoOn() {
        Proposal small = proposal(0, "Nadam", 0.1);
        Proposal large = proposal(1, "Adam", 2.0);

        ReportsInMemory reports = train(2, OptionalLong.of(128L << 20), small, large);

        assertThat(reports.finished(small).state()).isEqualTo(TrialState.COMPLETED);
        assertThat(reports.finished(large).state()).isEqualTo(TrialState.INFEASIBLE);
        assertThat(reports.finished(large).reason().map(Reason::code)).contains("OUT_OF_MEMORY");
        assertThat(reports.finished(large).reason().map(Reason::text))
                .hasValueSatisfying(text -> assertThat(text).contains("may take 64 MiB"));
    }

    private ReportsInMemory train(int slots, OptionalLong memory, Proposal... proposals) {
        ReportsInMemory reports = new ReportsInMemory();
        SlotContext context = context(TrialMemory.share(memory, slots), reports);
        QueueInMemory queue = new QueueInMemory(List.of(proposals));
        List<Slot> running = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= slots; i++) {
            Slot slot = new Slot("slot-" + i, queue.member(), context);
            running.add(slot);
            threads.add(new Thread(slot, "slot-" + i));
        }
        threads.forEach(Thread::start);
        try {
            reports.awaitFinished(proposals.length, PATIENCE);
        } finally {
            running.forEach(Slot::stopTaking);
        }
        return reports;
    }

    private SlotContext context(TrialMemory memory, ReportsInMemory reports) {
        CnnWorkload workload = new CnnWorkload(
                engine(), new DatasetCatalog(List.of(new RandomImages(200, 40))), memory, Clock.systemUTC());
        return new SlotContext(
                "trainer",
                new TrialResources(
                        new EngineDescription(engine().name(), engine().device()),
                        StartupCheck.none(),
                        new Workloads(List.of(workload)),
                        new Checkpoints(
                                new DirectoryCheckpointStore(directory.resolve("checkpoints")),
                                new CheckpointSettings(1_000, Duration.ofHours(1))),
                        new Artifacts(new DirectoryArtifactStore(directory.resolve("artifacts")), false)),
                new RunReporting(reports, new ActiveRuns(), RunListener.none()),
                new ClusterView(
                        new StudyStates(),
                        new TrialCommands(),
                        new LiveRuns("trainer", Duration.ofSeconds(2), Duration.ofSeconds(15), System::nanoTime)),
                new SlotControl(
                        new Drain(System::nanoTime),
                        new SlotTiming(
                                Duration.ofMillis(200),
                                Duration.ofSeconds(5),
                                Duration.ofMillis(20),
                                Duration.ofSeconds(10)),
                        Clock.systemUTC()));
    }

    private static Proposal proposal(int number, String optimizer, double widthFactor) {
        Map<String, Object> configuration = PublishedConfigurations.demo();
        configuration.put("optimizer", optimizer);
        configuration.put("batch_size", 40);
        configuration.put("nb_conv_pool_layers", 2);
        return new Proposal(
                "slots",
                number,
                1,
                configuration,
                "hash-" + number,
                new Objective("fine_accuracy", Objective.Direction.MAXIMIZE),
                new CnnTraining(RandomImages.NAME, EPOCHS, Protocol.HONEST, 0, 0, widthFactor),
                17 + number);
    }
}
