package io.trialstream.suggester.command;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.study.InvalidStudyException;
import io.trialstream.contracts.study.StudyReading;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.space.Configuration;
import io.trialstream.space.Problem;
import io.trialstream.suggester.command.StudyRefusedException.Code;
import io.trialstream.suggester.config.SuggesterSettings;
import io.trialstream.suggester.decision.Faults;
import io.trialstream.suggester.decision.PendingCommit;
import io.trialstream.suggester.pool.Demand;
import io.trialstream.suggester.pool.Suitability;
import io.trialstream.suggester.state.ActiveStudy;
import io.trialstream.suggester.state.Proposer;
import io.trialstream.suggester.state.StudyHistory;
import io.trialstream.tpe.InvalidSamplerException;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What users ask of the suggester. Every answer comes after the change is committed. Answers fail with {@link
 * StudyRefusedException}, {@link InvalidStudyException} or {@link SuggesterUnavailableException}. Thread-safe.
 */
@ApplicationScoped
public class StudyCommands {
    /** Seeds are drawn below 2^53, so that every JSON reader holds them exactly. */
    private static final long SEED_BOUND = 1L << 53;

    /** Each trial's record names all pending ones, and a record that the broker refuses would fail every study's. */
    private static final int MOST_OPEN = 20_000;

    private final CommandExecutor executor;
    private final SuggesterSettings settings;
    private final SecureRandom random = new SecureRandom();

    /** Requests are performed by this executor. */
    public StudyCommands(CommandExecutor executor, SuggesterSettings settings) {
        this.executor = executor;
        this.settings = settings;
    }

    /**
     * Creates a study, its enqueued configurations included.
     *
     * @param idempotencyKey a repeated request with the same key gets the study that the first one created
     */
    public CompletableFuture<StudySummary> create(StudyReading reading, Optional<String> idempotencyKey) {
        StudySpec spec = reading.spec();
        return executor.submit((context, commit) -> {
            Optional<ActiveStudy> earlier = idempotencyKey.flatMap(context.studies()::byIdempotencyKey);
            if (earlier.isPresent()) {
                return repeated(earlier.get(), spec);
            }
            List<Problem> warnings = check(reading, context);
            StudySpec seeded = spec.seed().isPresent() ? spec : spec.withSeed(random.nextLong(SEED_BOUND));
            StudyRecord record = StudyRecord.created(
                    newStudyId(spec.name()),
                    seeded,
                    idempotencyKey,
                    context.decisions().now());
            ActiveStudy study = context.updates().create(record, commit);
            enqueue(study, seeded.enqueue(), context, commit);
            return StudySummary.of(study.history()).withWarnings(warnings);
        });
    }

    /** Checks a study as {@link #create} does, and creates nothing. */
    public CompletableFuture<StudyPreview> preview(StudyReading reading) {
        return executor.submit((context, commit) -> StudyPreview.of(reading.spec(), check(reading, context)));
    }

    /** All studies that are not deleted, in the order of their creation. */
    public CompletableFuture<List<StudySummary>> list() {
        return executor.submit((context, commit) -> context.studies().existing().stream()
                .map(study -> StudySummary.of(study.history()))
                .toList());
    }

    /** A study, by id or name. */
    public CompletableFuture<StudySummary> get(String idOrName) {
        return executor.submit(
                (context, commit) -> StudySummary.of(context.study(idOrName).history()));
    }

    /** No new trials; what is queued or running goes on. */
    public CompletableFuture<StudySummary> pause(String idOrName) {
        return executor.submit((context, commit) -> move(context.study(idOrName), StudyState.PAUSED, context, commit));
    }

    /**
     * New trials again. A study that FAILED goes on too, with a new sampler, and as if none of its trials had failed
     * yet.
     */
    public CompletableFuture<StudySummary> resume(String idOrName) {
        return executor.submit((context, commit) -> resume(context.study(idOrName), context, commit));
    }

    private static StudySummary resume(ActiveStudy study, RequestContext context, PendingCommit commit) {
        if (study.history().record().state() != StudyState.FAILED) {
            return move(study, StudyState.RUNNING, context, commit);
        }
        study.fault().ifPresent(fault -> {
            throw new StudyRefusedException(
                    Code.STUDY_ENDED,
                    "the suggester cannot go on with the study: " + Faults.describe(fault)
                            + "; it may after a restart with a release that fixes this");
        });
        study.renewProposer();
        RequestContext.proposer(study);
        context.updates().study(study, study.history().record().resumed(), commit);
        return StudySummary.of(study.history());
    }

    /**
     * Ends the study; what is queued or running is cancelled. Of a study that has ended the retrains are cancelled, and
     * nothing else changes.
     *
     * @param immediately whether what runs ends between two batches, and not only at its epoch's end
     */
    public CompletableFuture<StudySummary> stop(String idOrName, boolean immediately) {
        return executor.submit((context, commit) -> {
            ActiveStudy study = context.study(idOrName);
            context.decisions().stop(study, immediately, commit);
            return StudySummary.of(study.history());
        });
    }

    /**
     * Deletes the study for good: its record stays as a marker, its name is free again. Trainers end what they train of
     * it at the next epoch, results deletes what it stored.
     */
    public CompletableFuture<StudySummary> delete(String idOrName) {
        return executor.submit((context, commit) -> {
            ActiveStudy study = context.study(idOrName);
            context.updates()
                    .delete(study, Reason.of(ReasonCode.DELETED_BY_USER, "the study was deleted by its user"), commit);
            return StudySummary.of(study.history());
        });
    }

    /**
     * Adds trials of these configurations before the sampler's.
     *
     * @param trees configurations as a user writes them
     * @return the identities of the new trials
     */
    public CompletableFuture<List<String>> enqueue(String idOrName, List<?> trees) {
        return executor.submit((context, commit) -> {
            ActiveStudy study = context.study(idOrName);
            refuseEnded(study);
            List<Configuration> configurations = study.history().spec().readConfigurations(trees);
            refuseTooMany(study.history().pending().size(), configurations.size());
            if (configurations.size() > study.history().budgetLeft()) {
                throw new StudyRefusedException(
                        Code.BUDGET_EXCEEDED,
                        "the study's budget has room for " + study.history().budgetLeft() + " more trials, not for "
                                + configurations.size());
            }
            return enqueue(study, configurations, context, commit);
        });
    }

    /** Trainers that the pool could use. */
    public CompletableFuture<Integer> wanted(String pool) {
        return executor.submit((context, commit) -> new Demand(settings.concurrencyCeiling())
                .wanted(pool, context.studies().histories(), context.trainers().slotsPerTrainer(pool)));
    }

    private List<String> enqueue(
            ActiveStudy study, List<Configuration> configurations, RequestContext context, PendingCommit commit) {
        if (configurations.isEmpty()) {
            return List.of();
        }
        StudyHistory history = study.history();
        int first = history.record().nextNumber();
        List<LedgerRecord> records = IntStream.range(0, configurations.size())
                .mapToObj(i -> RequestContext.proposer(study)
                        .enqueued(
                                history,
                                first + i,
                                configurations.get(i),
                                context.decisions().now()))
                .toList();
        context.updates().add(study, records, commit);
        return records.stream().map(record -> record.trialId().toString()).toList();
    }

    private static StudySummary move(
            ActiveStudy study, StudyState state, RequestContext context, PendingCommit commit) {
        refuseEnded(study);
        if (study.history().record().state() != state) {
            context.updates().study(study, study.history().record().withState(state, Optional.empty()), commit);
        }
        return StudySummary.of(study.history());
    }

    private static StudySummary repeated(ActiveStudy earlier, StudySpec spec) {
        StudySpec created = earlier.history().spec();
        StudySpec asked =
                spec.seed().isPresent() ? spec : spec.withSeed(created.seed().orElseThrow());
        if (!created.toTree().equals(asked.toTree())) {
            throw new StudyRefusedException(
                    Code.IDEMPOTENCY_KEY_REUSED, "this Idempotency-Key belongs to a request with another study file");
        }
        return StudySummary.of(earlier.history());
    }

    /** Refuses what is known to fail, with everything that is wrong; returns warnings. */
    private List<Problem> check(StudyReading reading, RequestContext context) {
        StudySpec spec = reading.spec();
        if (context.studies().find(spec.name()).isPresent()) {
            throw new StudyRefusedException(Code.NAME_TAKEN, "a study named '" + spec.name() + "' exists already");
        }
        List<Problem> problems = new ArrayList<>();
        Suitability suitability = Suitability.of(spec, context.trainers().knowledge(spec.pool()));
        if (settings.pools().contains(spec.pool())) {
            problems.addAll(suitability.problems());
        } else {
            problems.add(new Problem(
                    "pool",
                    "UNKNOWN_VALUE",
                    "there is no pool '" + spec.pool() + "', known: " + String.join(", ", settings.pools())));
        }
        if (spec.enqueue().size() > spec.budget().trials().orElse(Integer.MAX_VALUE)) {
            problems.add(new Problem(
                    "enqueue",
                    "TOO_MANY",
                    spec.enqueue().size() + " configurations exceed the budget of "
                            + spec.budget().trials().getAsInt() + " trials"));
        }
        try {
            new Proposer(spec);
        } catch (InvalidSamplerException e) {
            problems.addAll(e.problems());
        }
        if (!problems.isEmpty()) {
            throw new InvalidStudyException(problems);
        }
        return Stream.concat(reading.warnings().stream(), suitability.warnings().stream())
                .toList();
    }

    static void refuseTooMany(int open, int more) {
        if (open + more > MOST_OPEN) {
            throw new StudyRefusedException(
                    Code.TOO_MANY_WAITING, "a study may have " + MOST_OPEN + " open trials, and this one has " + open);
        }
    }

    private static void refuseEnded(ActiveStudy study) {
        StudyState state = study.history().record().state();
        if (state.isEnded()) {
            throw new StudyRefusedException(Code.STUDY_ENDED, "the study is " + state);
        }
    }

    /** The name and six random hexadecimal digits, so that a name may be used again after a deletion. */
    private String newStudyId(String name) {
        byte[] suffix = new byte[3];
        random.nextBytes(suffix);
        return name + "-" + HexFormat.of().formatHex(suffix);
    }
}
