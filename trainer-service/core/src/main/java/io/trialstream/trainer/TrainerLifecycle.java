package io.trialstream.trainer;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.trialstream.artifacts.ArtifactSettings;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.trainer.checkpoint.CheckpointSettings;
import io.trialstream.trainer.checkpoint.DirectoryCheckpointStore;
import io.trialstream.trainer.exec.ExecSettings;
import io.trialstream.trainer.exec.ExecWorkload;
import io.trialstream.trainer.exec.Programs;
import io.trialstream.trainer.exec.ProgramsConfiguration;
import io.trialstream.trainer.metrics.TrainerMeters;
import io.trialstream.trainer.run.Artifacts;
import io.trialstream.trainer.run.Checkpoints;
import io.trialstream.trainer.run.EngineDescription;
import io.trialstream.trainer.run.StartupCheck;
import io.trialstream.trainer.run.TrialResources;
import io.trialstream.trainer.run.Workloads;
import io.trialstream.trainer.sleep.SleepWorkload;
import io.trialstream.trainer.training.Engine;
import io.trialstream.trainer.workload.Workload;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/** Assembles the trainer of an application and ties its life to the application's. */
@ApplicationScoped
public class TrainerLifecycle {
    /** Starts the trainer with the application. */
    void start(@Observes StartupEvent event, Trainer trainer) {
        trainer.start();
    }

    /** Drains it before any bean is destroyed: the application waits for this method. */
    void stop(@Observes ShutdownEvent event, Trainer trainer) {
        trainer.drain();
    }

    /** The one trainer of this process. */
    @Produces
    @Singleton
    Trainer trainer(
            TrainerConfiguration configuration,
            KafkaConnection connection,
            TrialResources resources,
            MeterRegistry meters) {
        return new Trainer(
                TrainerSettings.from(configuration),
                connection,
                resources,
                new TrainerMeters(meters),
                () -> Quarkus.asyncExit(1));
    }

    /** What the application and its configuration bring along to run trials with. */
    @Produces
    @Singleton
    TrialResources resources(
            CheckpointConfiguration checkpoints,
            ArtifactConfiguration artifacts,
            @Any Instance<Workload> workloads,
            Instance<Engine> engine,
            Instance<StartupCheck> check) {
        return new TrialResources(
                engine.isResolvable() ? describe(engine.get()) : EngineDescription.none(),
                check.isResolvable() ? check.get() : StartupCheck.none(),
                new Workloads(workloads),
                new Checkpoints(
                        new DirectoryCheckpointStore(checkpoints.directory()),
                        new CheckpointSettings(checkpoints.everyEpochs(), checkpoints.interval())),
                new Artifacts(settings(artifacts).open(), artifacts.weights()));
    }

    /** The way to the broker: the {@code kafka.*} configuration, as Quarkus resolves it. */
    @Produces
    @Singleton
    KafkaConnection connection(@Identifier("default-kafka-broker") Map<String, Object> settings) {
        return new KafkaConnection(settings);
    }

    /** The workload that every trainer has. */
    @Produces
    @Singleton
    SleepWorkload sleep() {
        return new SleepWorkload();
    }

    /** Users' own programs, those that the configuration allows. */
    @Produces
    @Singleton
    ExecWorkload exec(ProgramsConfiguration programs) {
        return new ExecWorkload(
                programs.file().map(Programs::read).orElseGet(() -> new Programs(Map.of())),
                new ExecSettings(programs.directory(), programs.grace()));
    }

    private static ArtifactSettings settings(ArtifactConfiguration artifacts) {
        return ArtifactSettings.of(
                artifacts.directory(),
                artifacts.bucket(),
                artifacts.prefix(),
                artifacts.endpoint(),
                artifacts.region(),
                artifacts.accessKey(),
                artifacts.secretKey());
    }

    private static EngineDescription describe(Engine engine) {
        return new EngineDescription(engine.name(), engine.device());
    }
}
