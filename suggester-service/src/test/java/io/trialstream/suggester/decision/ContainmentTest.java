package io.trialstream.suggester.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrialCommand;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.space.Problem;
import io.trialstream.suggester.Studied;
import io.trialstream.suggester.command.DirectExecutor;
import io.trialstream.suggester.command.RequestContext;
import io.trialstream.suggester.command.StudyCommands;
import io.trialstream.suggester.command.StudyRefusedException;
import io.trialstream.suggester.config.TestSettings;
import io.trialstream.suggester.config.Ticks;
import io.trialstream.suggester.pool.Trainers;
import io.trialstream.suggester.state.ActiveStudy;
import io.trialstream.suggester.state.Proposer;
import io.trialstream.suggester.state.Studies;
import io.trialstream.tpe.InvalidSamplerException;
import io.trialstream.tpe.Sampler;
import io.trialstream.tpe.Samplers;
import io.trialstream.tpe.Suggestion;
import io.trialstream.tpe.SuggestionRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one study does to the others: nothing. */
class ContainmentTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Trainers trainers = new Trainers(5);
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger proposersMade = new AtomicInteger();
    /** What the sampler of the study "ill" does before it suggests anything. */
    private volatile Runnable illness = () -> {};

    private volatile boolean refuse;
    private final Studies studies = new Studies(this::proposer);
    private final SuggesterState state = new SuggesterState(studies, trainers);
    private final RecordedDecisions recorded = new RecordedDecisions();
    private Suggestions suggestions = new Suggestions(LONG, LONG, made::incrementAndGet);
    private Decisions decisions = decisions();

    @AfterEach
    void close() {
        suggestions.close();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                IllegalStateException.class,
                OutOfMemoryError.class,
                StackOverflowError.class,
                AssertionError.class
            })
    void shouldEndTheStudyWhoseSamplerThrowsAndNoOther(Class<? extends Throwable> kind) throws Exception {
        Throwable fault = kind.getConstructor().newInstance();
        illness = () -> sneaky(fault);
        studies.apply(Studied.study("ill", 3));
        studies.apply(Studied.study("well", 3));
        trainers.apply(Studied.ready("t1", 4));

        PendingCommit commit = round();

        assertThat(commit.queue())
                .extracting(queued -> queued.proposal().studyId())
                .containsExactly("well", "well", "well");
        assertThat(state("ill")).isEqualTo(StudyState.FAILED);
        assertThat(reason("ill").code()).isEqualTo("SUGGESTION_FAILED");
        assertThat(reason("ill").text()).contains("trial 0").contains(kind.getSimpleName());
        assertThat(commit.studies())
                .filteredOn(record -> record.studyId().equals("ill"))
                .extracting(StudyRecord::state)
                .containsExactly(StudyState.FAILED);
        assertThat(round().studies()).as("it is said once").isEmpty();
        assertThat(recorded.lines()).containsOnlyOnce("ill FAILED SUGGESTION_FAILED");
    }

    @Test
    void shouldServeOthersWhileASamplerIsSlowAndTakeItsSuggestionWhenItIsMade() {
        // Given a sampler that takes longer than a round waits
        CountDownLatch slow = new CountDownLatch(1);
        illness = () -> await(slow);
        replaceSuggestions(LONG, Duration.ZERO);
        studies.apply(Studied.study("ill", 3));
        studies.apply(Studied.study("well", 2));
        trainers.apply(Studied.ready("t1", 3));

        // When the other study's suggestions are made
        awaitRounds(() -> number("well") == 2);

        // Then the slow one comes when it is ready, and is a function of what was known when it began
        assertThat(number("ill")).isZero();
        assertThat(state("ill")).isEqualTo(StudyState.RUNNING);
        slow.countDown();
        awaitRounds(() -> number("ill") == 1);
        LedgerRecord trial = studies.byId("ill")
                .orElseThrow()
                .history()
                .open()
                .iterator()
                .next()
                .ledger();
        assertThat(trial.evidenceWatermark()).isZero();
        assertThat(trial.configurationHash()).isEqualTo(firstConfigurationHash());
    }

    @Test
    void shouldEndTheStudyWhoseSamplerTakesTooLongAndInterruptIt() {
        CountDownLatch interrupted = new CountDownLatch(1);
        illness = () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        };
        replaceSuggestions(Duration.ofMillis(20), Duration.ZERO);
        studies.apply(Studied.study("ill", 3));
        trainers.apply(Studied.ready("t1", 1));

        awaitRounds(() -> state("ill") == StudyState.FAILED);

        assertThat(reason("ill").code()).isEqualTo("SUGGESTION_TOO_SLOW");
        await(interrupted);
    }

    @Test
    void shouldMakeASuggestionAnewWhenAnotherTrialTookItsNumber() {
        // Given a suggestion for trial 0 in the making
        CountDownLatch slow = new CountDownLatch(1);
        illness = () -> await(slow);
        replaceSuggestions(LONG, Duration.ZERO);
        studies.apply(Studied.study("ill", 3));
        trainers.apply(Studied.ready("t1", 2));
        round();

        // When a user's configuration becomes trial 0
        ActiveStudy study = studies.byId("ill").orElseThrow();
        LedgerRecord enqueued = study.proposer()
                .enqueued(
                        study.history(),
                        0,
                        study.history()
                                .spec()
                                .readConfigurations(List.of(Map.of("x", 0.5, "kind", "a")))
                                .get(0),
                        Studied.NOW);
        PendingCommit commit = new PendingCommit();
        decisions.updates().add(study, List.of(enqueued), commit);
        slow.countDown();

        // Then the sampler's is trial 1, and has seen it
        awaitRounds(() -> number("ill") == 2);
        assertThat(study.history().open())
                .extracting(trial -> trial.ledger().number(), trial -> trial.ledger()
                        .pending())
                .contains(tuple(1, List.of(0)));
    }

    @Test
    void shouldCancelWhatNoRunHasBegunAndLetRunsGoOnWhenAStudyFails() {
        // Given a trial that runs and one in the queue
        studies.apply(Studied.study("ill", 9));
        ActiveStudy study = studies.byId("ill").orElseThrow();
        trainers.apply(Studied.ready("t1", 2));
        List<LedgerRecord> trials = round().ledger();
        study.history().apply(Studied.started(trials.get(0), "run-0"), 0);

        // When
        illness = () -> {
            throw new IllegalStateException("ill");
        };
        trainers.apply(Studied.ready("t1", 3));
        PendingCommit commit = round();

        // Then
        assertThat(state("ill")).isEqualTo(StudyState.FAILED);
        assertThat(commit.ledger()).singleElement().satisfies(record -> assertThat(record.cancellation())
                .isPresent());
        assertThat(commit.commands()).singleElement().satisfies(command -> {
            assertThat(command.kind()).isEqualTo(TrialCommand.Kind.CANCEL);
            assertThat(command.number()).isEqualTo(1);
        });
        study.history().apply(Studied.completed(trials.get(0), 1, 0.5));
        assertThat(study.history().watermark()).isEqualTo(1);
    }

    @Test
    void shouldGoOnWithANewSamplerWhenAFailedStudyIsResumed() {
        illness = () -> {
            throw new IllegalStateException("ill");
        };
        studies.apply(Studied.study("ill", 3));
        trainers.apply(Studied.ready("t1", 1));
        round();
        assertThat(state("ill")).isEqualTo(StudyState.FAILED);

        illness = () -> {};
        PendingCommit commit = resume("ill");

        assertThat(commit.studies()).singleElement().satisfies(record -> {
            assertThat(record.state()).isEqualTo(StudyState.RUNNING);
            assertThat(record.stateReason()).isEmpty();
            assertThat(record.resumedAt()).contains(0);
        });
        assertThat(round().ledger()).hasSize(1);
        assertThat(proposersMade)
                .as("what a broken off suggestion left is gone")
                .hasValue(2);
    }

    @Test
    void shouldEndAStoredStudyWhoseSettingsAreRefusedTodayAndLetItBeDeleted() {
        refuse = true;
        studies.apply(Studied.study("ill", 3));
        studies.apply(Studied.study("well", 1));
        trainers.apply(Studied.ready("t1", 2));

        PendingCommit takenOver = new PendingCommit();
        decisions.takeOver(takenOver);

        assertThat(takenOver.studies()).singleElement().satisfies(record -> {
            assertThat(record.studyId()).isEqualTo("ill");
            assertThat(record.state()).isEqualTo(StudyState.FAILED);
            assertThat(record.stateReason().orElseThrow().text()).contains("sampler.candidates");
        });
        assertThat(round().ledger()).extracting(LedgerRecord::studyId).containsExactly("well");
        assertThatExceptionOfType(StudyRefusedException.class)
                .isThrownBy(() -> resume("ill"))
                .withMessageContaining("sampler.candidates");
        DirectExecutor executor = executor();
        DirectExecutor.answer(new StudyCommands(executor, TestSettings.defaults()).delete("ill"));
        assertThat(executor.commit().studies()).extracting(StudyRecord::state).containsExactly(StudyState.DELETED);
    }

    @Test
    void shouldLeaveAStudyAloneWhoseHistoryIsIncomplete() {
        studies.apply(Studied.study("ill", 3));
        studies.apply(Studied.study("well", 3));
        trainers.apply(Studied.ready("t1", 2));
        studies.byId("ill").orElseThrow().markBroken(new IllegalStateException("no evidence"));

        PendingCommit commit = round();

        assertThat(state("ill")).isEqualTo(StudyState.FAILED);
        assertThat(reason("ill").code()).isEqualTo("STUDY_BROKEN");
        assertThat(reason("ill").text()).contains("no evidence");
        assertThat(commit.ledger()).extracting(LedgerRecord::studyId).containsExactly("well", "well");
        assertThatExceptionOfType(StudyRefusedException.class)
                .isThrownBy(() -> resume("ill"))
                .withMessageContaining("no evidence");
    }

    private Proposer proposer(StudySpec spec) {
        if (spec.name().equals("ill")) {
            proposersMade.incrementAndGet();
            if (refuse) {
                throw new InvalidSamplerException(
                        List.of(new Problem("sampler.candidates", "OUT_OF_RANGE", "must be at most 100000")));
            }
        }
        Sampler healthy = Samplers.create(spec.sampler(), spec.space(), 0);
        return spec.name().equals("ill") ? new Proposer(new IllSampler(healthy, () -> illness)) : new Proposer(spec);
    }

    private String firstConfigurationHash() {
        ActiveStudy twin = new ActiveStudy(Studied.study("ill", 3), this::proposer);
        return Studied.next(twin.proposer(), twin.history()).configurationHash();
    }

    private void replaceSuggestions(Duration limit, Duration patience) {
        suggestions.close();
        suggestions = new Suggestions(limit, patience, made::incrementAndGet);
        decisions = decisions();
    }

    private Decisions decisions() {
        return new Decisions(
                Ticks.policy(TestSettings.defaults()),
                state,
                suggestions,
                new CommandFactory(() -> "command", Clock.fixed(Studied.NOW, ZoneOffset.UTC)),
                recorded);
    }

    private DirectExecutor executor() {
        return new DirectExecutor(new RequestContext(state, decisions));
    }

    private PendingCommit resume(String study) {
        DirectExecutor executor = executor();
        DirectExecutor.answer(new StudyCommands(executor, TestSettings.defaults()).resume(study));
        return executor.commit();
    }

    private PendingCommit round() {
        PendingCommit commit = new PendingCommit();
        decisions.round(commit);
        return commit;
    }

    private void awaitRounds(Supplier<Boolean> seen) {
        Awaitility.await().pollInterval(Duration.ofMillis(2)).until(() -> {
            round();
            return seen.get();
        });
    }

    private int number(String study) {
        return studies.byId(study).orElseThrow().history().record().nextNumber();
    }

    private StudyState state(String study) {
        return studies.byId(study).orElseThrow().history().record().state();
    }

    private Reason reason(String study) {
        return studies.byId(study)
                .orElseThrow()
                .history()
                .record()
                .stateReason()
                .orElseThrow();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneaky(Throwable fault) throws T {
        throw (T) fault;
    }

    /** Does what its illness is, then what a healthy one does. */
    private record IllSampler(Sampler healthy, Supplier<Runnable> illness) implements Sampler {
        @Override
        public Suggestion suggest(SuggestionRequest request) {
            illness.get().run();
            return healthy.suggest(request);
        }

        @Override
        public String type() {
            return healthy.type();
        }

        @Override
        public int version() {
            return healthy.version();
        }
    }
}
