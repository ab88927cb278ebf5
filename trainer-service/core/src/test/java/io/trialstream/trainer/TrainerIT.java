package io.trialstream.trainer;

import static io.trialstream.trainer.Proposals.aProposal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.SpanContext;
import io.trialstream.contracts.DeadLetter;
import io.trialstream.contracts.Proposal;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.Topics;
import io.trialstream.contracts.TrainerEvent;
import io.trialstream.contracts.TrainerEvent.Heartbeat;
import io.trialstream.contracts.TrainerEvent.RunStatus;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.TrialCommand.Kind;
import io.trialstream.contracts.TrialReport.Finished;
import io.trialstream.contracts.TrialReport.Interrupted;
import io.trialstream.contracts.TrialReport.Started;
import io.trialstream.contracts.TrialState;
import io.trialstream.trainer.sleep.SleepWorkload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One trainer, in this process, on a real broker. */
class TrainerIT {
    private static final Duration SOON = Duration.ofSeconds(40);

    private final List<Trainer> trainers = new ArrayList<>();
    private final String pool = TestCluster.newPool();
    private TestCluster cluster;

    @BeforeEach
    void join() {
        cluster = new TestCluster(pool);
    }

    @AfterEach
    void leave() throws InterruptedException {
        trainers.forEach(Trainer::drain);
        cluster.close();
    }

    @Test
    void shouldTrainAndReportAQueuedTrial() {
        // Given
        Proposal proposal = aProposal().build();
        cluster.queue(pool, proposal);

        // When
        Trainer trainer = start("single", 1);
        awaitFinished(proposal);
        trainer.drain();

        // Then
        assertThat(cluster.reports(proposal.trialId())).hasSize(2).first().isInstanceOf(Started.class);
        Finished finished = finished(proposal);
        assertThat(finished.state()).isEqualTo(TrialState.COMPLETED);
        assertThat(finished.epochs()).isEqualTo(3);
        assertThat(finished.bestEpoch()).isEqualTo(3);
        await().atMost(SOON).untilAsserted(() -> assertThat(cluster.epochs(proposal.trialId()))
                .hasSize(3));
        await().atMost(SOON).untilAsserted(() -> assertThat(cluster.heartbeats("single"))
                .extracting(Heartbeat::state)
                .startsWith(TrainerEvent.State.STARTING)
                .contains(TrainerEvent.State.READY, TrainerEvent.State.DRAINING)
                .endsWith(TrainerEvent.State.STOPPED));
        assertThat(cluster.heartbeats("single"))
                .extracting(Heartbeat::sequence)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(cluster.heartbeats("single"))
                .filteredOn(heartbeat -> heartbeat.capabilities().isPresent())
                .allSatisfy(heartbeat -> assertThat(heartbeat.capabilities().orElseThrow())
                        .containsExactly(new SleepWorkload().capability()))
                .extracting(Heartbeat::state)
                .contains(TrainerEvent.State.STARTING, TrainerEvent.State.READY, TrainerEvent.State.STOPPED);
    }

    @Test
    void shouldCarryTheProposalsTraceOnInEveryReport() {
        // Given a proposal that belongs to a trace, and one that belongs to none
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        Proposal traced = aProposal().build();
        Proposal untraced = aProposal().build();
        cluster.queue(pool, traced, "00-" + trace + "-00f067aa0ba902b7-01");
        cluster.queue(pool, untraced);

        // When
        start("tracing", 1);
        awaitFinished(traced);
        awaitFinished(untraced);

        // Then each of STARTED, three epochs and FINISHED names it
        await().atMost(SOON).untilAsserted(() -> assertThat(cluster.spans(traced.trialId()))
                .hasSize(5)
                .allSatisfy(
                        span -> assertThat(span).map(SpanContext::getTraceId).contains(trace)));
        await().atMost(SOON).untilAsserted(() -> assertThat(cluster.spans(untraced.trialId()))
                .hasSize(5)
                .allSatisfy(span -> assertThat(span).isEmpty()));
    }

    @Test
    void shouldTrainAsManyTrialsAtOnceAsItHasSlots() {
        // Given
        List<Proposal> proposals = IntStream.range(0, 6)
                .mapToObj(number -> aProposal()
                        .of("slots", number)
                        .sleeping(2, Duration.ofMillis(400))
                        .build())
                .toList();
        proposals.forEach(proposal -> cluster.queue(pool, proposal));

        // When
        start("two-slots", 2);
        proposals.forEach(this::awaitFinished);

        // Then
        assertThat(proposals).allSatisfy(proposal -> assertThat(cluster.reports(proposal.trialId(), Started.class))
                .hasSize(1));
        assertThat(cluster.heartbeats("two-slots"))
                .extracting(heartbeat -> heartbeat.runs().size())
                .contains(2)
                .doesNotContain(3);
    }

    @Test
    void shouldPutAMalformedRecordAsideAndGoOn() {
        // Given
        Proposal proposal = aProposal().of("after-poison", 1).build();
        byte[] poison = "{\"schemaVersion\": 1, \"studyId\": \"s\"}".getBytes(StandardCharsets.UTF_8);
        cluster.queueRaw(pool, proposal.trialId().toString(), poison);
        cluster.queueRaw(pool, proposal.trialId().toString(), null);
        cluster.queue(pool, proposal);

        // When
        start("poisoned", 1);
        awaitFinished(proposal);

        // Then
        List<DeadLetter> letters = cluster.deadLetters(Topics.proposals(pool).name());
        assertThat(letters).extracting(DeadLetter::code).containsExactlyInAnyOrder("MISSING_FIELD", "NOT_AN_OBJECT");
        assertThat(letters).allSatisfy(letter -> assertThat(letter.group()).isEqualTo(Topics.shareGroup(pool)));
        assertThat(letters).anySatisfy(letter -> {
            assertThat(letter.reason()).contains("missing field");
            assertThat(letter.payload()).isEqualTo(poison);
        });
    }

    @Test
    void shouldLeaveARecordOfANewerReleaseInTheQueueAndBeUnready() {
        // Given
        cluster.queueRaw(pool, "newer", "{\"schemaVersion\": 2}".getBytes(StandardCharsets.UTF_8));

        // When
        Trainer trainer = start("old-release", 1);

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(trainer.condition().fault())
                .map(Reason::code)
                .contains("UNKNOWN_VERSION"));
        assertThat(trainer.condition().isReady()).isFalse();
        assertThat(trainer.condition().isAlive()).isTrue();
        await().atMost(SOON).untilAsserted(() -> assertThat(cluster.heartbeats("old-release"))
                .extracting(Heartbeat::state)
                .endsWith(TrainerEvent.State.DRAINING));
        assertThat(cluster.deadLetters(Topics.proposals(pool).name())).isEmpty();
    }

    @Test
    void shouldObeyCommands() {
        // Given: commands that were there before, and one that comes while the trial runs
        Proposal cancelled = aProposal().of("commands", 1).build();
        Proposal superseded = aProposal().of("commands", 2).dispatch(1).build();
        Proposal again = aProposal().of("commands", 2).dispatch(2).build();
        Proposal pruned = aProposal()
                .of("commands", 3)
                .sleeping(100, Duration.ofMillis(200))
                .build();
        cluster.command(command(cancelled, Kind.CANCEL, 1));
        cluster.command(command(superseded, Kind.SUPERSEDE, 2));
        List.of(cancelled, superseded, again, pruned).forEach(proposal -> cluster.queue(pool, proposal));

        // When
        start("obedient", 1);
        await().atMost(SOON)
                .until(() -> !cluster.reports(pruned.trialId(), Started.class).isEmpty());
        cluster.command(command(pruned, Kind.PRUNE, 1));
        List.of(cancelled, again, pruned).forEach(this::awaitFinished);

        // Then
        assertThat(finished(cancelled).state()).isEqualTo(TrialState.CANCELLED);
        assertThat(finished(cancelled).commandId()).contains("CANCEL-1");
        assertThat(cluster.reports(cancelled.trialId(), Started.class)).isEmpty();
        assertThat(cluster.reports(again.trialId(), Started.class))
                .extracting(started -> started.run().dispatch())
                .containsExactly(2);
        assertThat(finished(pruned).state()).isEqualTo(TrialState.PRUNED);
        assertThat(finished(pruned).epochs()).isBetween(1, 99);
        assertThat(finished(pruned).objective()).isPresent();
    }

    @Test
    void shouldFinishTheEpochWhenItDrainsAndLeaveNothingInTheQueue() {
        // Given
        Proposal proposal = aProposal()
                .of("drained", 1)
                .sleeping(1000, Duration.ofMillis(300))
                .build();
        cluster.queue(pool, proposal);
        Trainer trainer = start("drained", 1);
        await().atMost(SOON).until(() -> !cluster.epochs(proposal.trialId()).isEmpty());

        // When
        long begun = System.nanoTime();
        trainer.drain();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        // Then
        await().atMost(SOON).until(() -> !cluster.reports(proposal.trialId(), Interrupted.class)
                .isEmpty());
        Interrupted interrupted =
                cluster.reports(proposal.trialId(), Interrupted.class).get(0);
        assertThat(interrupted.reason().code()).isEqualTo("DRAINING");
        assertThat(interrupted.epoch()).isPositive();
        assertThat(took).isLessThan(Duration.ofSeconds(5));

        // And: a trainer that follows gets the next trial, not this one again
        Proposal next = aProposal().of("drained", 2).build();
        cluster.queue(pool, next);
        start("successor", 1);
        awaitFinished(next);
        assertThat(cluster.reports(proposal.trialId(), Started.class)).hasSize(1);

        // And: what it would go on from is kept until nobody can go on with it
        Path checkpoints = cluster.checkpoints().resolve("drained").resolve("1");
        assertThat(checkpoints).isDirectory();
        cluster.command(command(proposal, Kind.CANCEL, 1));
        await().atMost(SOON).untilAsserted(() -> assertThat(checkpoints).doesNotExist());
    }

    @Test
    void shouldDrainAtOnceBetweenTrials() {
        Trainer trainer = start("idle", 2);
        await().atMost(SOON).until(() -> trainer.condition().isReady());
        long begun = System.nanoTime();
        trainer.drain();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void shouldLeaveATrialToTheLiveRunThatHasIt() {
        // Given: somebody else trains the trial, and its record comes again, as after a restart of the broker
        Proposal proposal = aProposal().of("elsewhere", 1).build();
        Trainer trainer = start("polite", 1);
        await().atMost(SOON).until(() -> trainer.condition().isReady());
        cluster.say(heartbeat(1, proposal));

        // When
        cluster.queue(pool, proposal);
        cluster.queue(pool, proposal);
        cluster.say(heartbeat(2, proposal));
        cluster.say(heartbeat(3));
        Proposal next = aProposal().of("elsewhere", 2).build();
        cluster.queue(pool, next);
        awaitFinished(next);

        // Then
        assertThat(cluster.reports(proposal.trialId())).isEmpty();
    }

    private Trainer start(String id, int slots) {
        Trainer trainer = cluster.trainer(id, pool, slots);
        trainers.add(trainer);
        trainer.start();
        return trainer;
    }

    private void awaitFinished(Proposal proposal) {
        await().atMost(SOON).until(() -> !cluster.reports(proposal.trialId(), Finished.class)
                .isEmpty());
    }

    private Finished finished(Proposal proposal) {
        return cluster.reports(proposal.trialId(), Finished.class).get(0);
    }

    private static TrialCommand command(Proposal proposal, Kind kind, int dispatch) {
        return new TrialCommand(
                kind + "-" + proposal.number(),
                proposal.studyId(),
                proposal.number(),
                dispatch,
                kind,
                Optional.empty(),
                "because the test says so",
                Instant.now());
    }

    private Heartbeat heartbeat(long sequence, Proposal... running) {
        List<RunStatus> runs = Stream.of(running)
                .map(proposal ->
                        new RunStatus(proposal.studyId(), proposal.number(), proposal.dispatch(), "run-elsewhere", 0))
                .toList();
        return new Heartbeat("elsewhere", pool, TrainerEvent.State.READY, sequence, 1, "none", "CPU", runs);
    }
}
