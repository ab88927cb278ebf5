package io.trialstream.suggester.loop;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.study.InvalidStudyException;
import io.trialstream.contracts.study.StudyReading;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.space.Configuration;
import io.trialstream.space.Problem;
import io.trialstream.space.ProblemsException;
import io.trialstream.suggester.SuggesterSettings;
import io.trialstream.suggester.loop.StudyRefusedException.Code;
import io.trialstream.suggester.pool.Demand;
import io.trialstream.suggester.pool.Suitability;
import io.trialstream.suggester.study.Proposer;
import io.trialstream.suggester.study.StudyHistory;
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

    private final SuggesterLoop loop;
    private final SuggesterSettings settings;
    private final SecureRandom random = new SecureRandom();

    /** Requests are performed on this loop. */
    public StudyCommands(SuggesterLoop loop, SuggesterSettings settings) {
        this.loop = loop;
        this.settings = settings;
    }

    /**
     * Creates a study, its enqueued configurations included.
     *
     * @param idempotencyKey a repeated request with the same key gets the study that the first one created
     */
    public CompletableFuture<StudySummary> create(StudyReading reading, Optional<String> idempotencyKey) {
        StudySpec spec = reading.spec();
        return loop.submit((desk, changes) -> {
            Optional<ActiveStudy> earlier = idempotencyKey.flatMap(desk.studies()::byIdempotencyKey);
            if (earlier.isPresent()) {
                return repeated(earlier.get(), spec);
            }
            List<Problem> warnings = check(reading, desk);
            StudySpec seeded = spec.seed().isPresent() ? spec : spec.withSeed(random.nextLong(SEED_BOUND));
            StudyRecord record = new StudyRecord(
                    newStudyId(spec.name()),
                    seeded,
                    StudyState.RUNNING,
                    Optional.empty(),
                    0,
                    1,
                    idempotencyKey,
                    desk.decisions().clock().instant());
            desk.studies().apply(record);
            changes.study(record);
            ActiveStudy study = desk.studies().byId(record.studyId()).orElseThrow();
            enqueue(study, seeded.enqueue(), desk.decisions(), changes);
            return StudySummary.of(study.history()).withWarnings(warnings);
        });
    }

    /** Checks a study as {@link #create} does, and creates nothing. */
    public CompletableFuture<StudyPreview> preview(StudyReading reading) {
        return loop.submit((desk, changes) -> StudyPreview.of(reading.spec(), check(reading, desk)));
    }

    /** All studies that are not deleted, in the order of their creation. */
    public CompletableFuture<List<StudySummary>> list() {
        return loop.submit((desk, changes) -> desk.studies().existing().stream()
                .map(study -> StudySummary.of(study.history()))
                .toList());
    }

    /** A study, by id or name. */
    public CompletableFuture<StudySummary> get(String idOrName) {
        return loop.submit(
                (desk, changes) -> StudySummary.of(find(desk, idOrName).history()));
    }

    /** No new trials; what is queued or running goes on. */
    public CompletableFuture<StudySummary> pause(String idOrName) {
        return loop.submit((desk, changes) -> move(find(desk, idOrName), StudyState.PAUSED, desk, changes));
    }

    /**
     * New trials again. A study that FAILED is taken up too, once its cause is mended: with a new sampler, and as if
     * none of its trials had failed yet.
     */
    public CompletableFuture<StudySummary> resume(String idOrName) {
        return loop.submit((desk, changes) -> resume(find(desk, idOrName), desk, changes));
    }

    static StudySummary resume(ActiveStudy study, Request.Desk desk, Changes changes) {
        if (study.history().record().state() != StudyState.FAILED) {
            return move(study, StudyState.RUNNING, desk, changes);
        }
        study.fault().ifPresent(fault -> {
            throw new StudyRefusedException(
                    Code.STUDY_ENDED,
                    "the suggester cannot go on with the study: " + Faults.describe(fault)
                            + "; it may after a restart, with a release in which this is mended");
        });
        study.renewProposer();
        proposerOf(study);
        desk.decisions().study(study, study.history().record().resumed(), changes);
        return StudySummary.of(study.history());
    }

    /**
     * Ends the study; what is queued or running is cancelled. Of a study that has ended the retrains are cancelled, and
     * nothing else changes.
     *
     * @param immediately whether what runs ends between two batches, and not only at its epoch's end
     */
    public CompletableFuture<StudySummary> stop(String idOrName, boolean immediately) {
        return loop.submit((desk, changes) -> {
            ActiveStudy study = find(desk, idOrName);
            desk.decisions().stop(study, immediately, changes);
            return StudySummary.of(study.history());
        });
    }

    /**
     * Deletes the study for good: its record stays as a marker, its name is free again. Trainers end what they train of
     * it at the next epoch, results deletes what it stored.
     */
    public CompletableFuture<StudySummary> delete(String idOrName) {
        return loop.submit((desk, changes) -> delete(find(desk, idOrName), desk, changes));
    }

    static StudySummary delete(ActiveStudy study, Request.Desk desk, Changes changes) {
        Reason reason = new Reason("DELETED_BY_USER", "the study was deleted by its user");
        desk.decisions()
                .study(study, study.history().record().withState(StudyState.DELETED, Optional.of(reason)), changes);
        changes.forget(study.history().record());
        desk.studies().forget(study);
        return StudySummary.of(study.history());
    }

    /**
     * Adds trials of these configurations before the sampler's.
     *
     * @param trees configurations as a user writes them
     * @return the identities of the new trials
     */
    public CompletableFuture<List<String>> enqueue(String idOrName, List<?> trees) {
        return loop.submit((desk, changes) -> {
            ActiveStudy study = find(desk, idOrName);
            refuseEnded(study);
            List<Configuration> configurations = study.history().spec().readConfigurations(trees);
            refuseTooMany(study.history().pending().size(), configurations.size());
            if (configurations.size() > study.history().budgetLeft()) {
                throw new StudyRefusedException(
                        Code.BUDGET_EXCEEDED,
                        "the study's budget has room for " + study.history().budgetLeft() + " more trials, not for "
                                + configurations.size());
            }
            return enqueue(study, configurations, desk.decisions(), changes);
        });
    }

    /** Trainers that the pool could use. */
    public CompletableFuture<Integer> wanted(String pool) {
        return loop.submit((desk, changes) -> new Demand(settings.concurrencyCeiling())
                .wanted(pool, desk.studies().histories(), desk.trainers().slotsPerTrainer(pool)));
    }

    private List<String> enqueue(
            ActiveStudy study, List<Configuration> configurations, Decisions decisions, Changes changes) {
        if (configurations.isEmpty()) {
            return List.of();
        }
        StudyHistory history = study.history();
        int first = history.record().nextNumber();
        List<LedgerRecord> records = IntStream.range(0, configurations.size())
                .mapToObj(i -> proposerOf(study)
                        .enqueued(
                                history,
                                first + i,
                                configurations.get(i),
                                decisions.clock().instant()))
                .toList();
        decisions.study(study, history.record().withNumbersGiven(records.size()), changes);
        records.forEach(record -> decisions.ledger(study, record, changes));
        return records.stream().map(record -> record.trialId().toString()).toList();
    }

    private static StudySummary move(ActiveStudy study, StudyState state, Request.Desk desk, Changes changes) {
        refuseEnded(study);
        if (study.history().record().state() != state) {
            desk.decisions().study(study, study.history().record().withState(state, Optional.empty()), changes);
        }
        return StudySummary.of(study.history());
    }

    /** The study's sampler, for commands: there may be none for the settings of an older release. */
    static Proposer proposerOf(ActiveStudy study) {
        try {
            return study.proposer();
        } catch (ProblemsException e) {
            throw new StudyRefusedException(Code.STUDY_ENDED, "the study cannot go on: " + e.getMessage());
        }
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

    /** Refuses what is known to fail, with everything that is wrong; answers what is allowed but hardly meant. */
    private List<Problem> check(StudyReading reading, Request.Desk desk) {
        StudySpec spec = reading.spec();
        if (desk.studies().find(spec.name()).isPresent()) {
            throw new StudyRefusedException(Code.NAME_TAKEN, "there is a study named '" + spec.name() + "' already");
        }
        List<Problem> problems = new ArrayList<>();
        Suitability suitability = Suitability.of(spec, desk.trainers().knowledge(spec.pool()));
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

    static ActiveStudy find(Request.Desk desk, String idOrName) {
        return desk.studies()
                .find(idOrName)
                .orElseThrow(() -> new StudyRefusedException(Code.NOT_FOUND, "there is no study '" + idOrName + "'"));
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
