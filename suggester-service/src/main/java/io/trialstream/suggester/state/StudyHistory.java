package io.trialstream.suggester.state;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.Outcome;
import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.Run;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.TrainerEvent.RunStatus;
import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.space.Assignment;
import io.trialstream.space.Configuration;
import io.trialstream.tpe.Evidence;
import io.trialstream.tpe.Observation;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All that the suggester knows of a study: a fold over its records in {@code studies} and {@code trial-ledger}, its
 * outcomes and its reports. Ledger records come first; outcomes and reports may come in any order and more than once.
 *
 * <p>Evidence is applied strictly in the order of its numbers, so that what a suggestion saw is told by one number, the
 * watermark. Mutable and confined to the suggester's loop.
 */
public final class StudyHistory {
    private StudyRecord record;
    private final Map<Integer, OpenTrial> open = new TreeMap<>();
    private final TreeMap<Long, Outcome> outOfOrder = new TreeMap<>();
    private final Map<TrialState, Integer> ended = new EnumMap<>(TrialState.class);
    private final Map<TrialState, Integer> importedEnded = new EnumMap<>(TrialState.class);
    private final Map<String, Run> imported = new HashMap<>();
    private final Set<Integer> timed = new HashSet<>();
    private final Set<Integer> retrains = new HashSet<>();
    private Duration trainingTime = Duration.ZERO;
    private Evidence evidence = Evidence.empty();
    private long watermark;
    private Optional<Outcome> best = Optional.empty();
    private boolean spaceExhausted;
    private Failures failures = Failures.NONE;

    /** A study of which only its record is known. */
    public StudyHistory(StudyRecord record) {
        this.record = record;
    }

    /** A newer record of the study. */
    public void apply(StudyRecord newer) {
        if (newer.revision() > record.revision()) {
            if (!newer.resumedAt().equals(record.resumedAt())) {
                failures = failures.reset();
            }
            record = newer;
        }
    }

    /** A ledger record that is read back. */
    public void apply(LedgerRecord ledger) {
        apply(ledger, 0);
    }

    /** A trial was proposed, queued, queued again or ended by the suggester. {@code tick} is the present time. */
    public void apply(LedgerRecord ledger, long tick) {
        ledger.imported()
                .ifPresent(result ->
                        imported.put(result.contentHash(), ledger.importedRun().orElseThrow()));
        ledger.retrain().ifPresent(again -> retrains.add(ledger.number()));
        OpenTrial known = open.get(ledger.number());
        if (known == null) {
            open.put(
                    ledger.number(),
                    OpenTrial.of(ledger, spec().space().configuration(new Assignment(ledger.assignment())), tick));
        } else if (ledger.dispatch() > known.ledger().dispatch()) {
            happens(ledger.number(), new TrialEvent.Dispatched(ledger, tick));
        }
        if (ledger.hasEnded()) {
            happens(ledger.number(), new TrialEvent.Ended(ledger));
        }
    }

    /**
     * What became of a trial.
     *
     * @return whether it changed anything: false when it was known
     */
    public boolean apply(Outcome outcome) {
        OpenTrial trial = open.get(outcome.number());
        if (trial == null) {
            return false;
        }
        if (outcome.evidenceNumber().isEmpty()) {
            close(outcome);
            return true;
        }
        long number = outcome.evidenceNumber().get();
        if (outOfOrder.putIfAbsent(number, outcome) != null) {
            return false;
        }
        happens(outcome.number(), new TrialEvent.OutcomeRead());
        while (outOfOrder.containsKey(watermark + 1)) {
            learn(outOfOrder.remove(watermark + 1));
        }
        return true;
    }

    /** What a trainer says of a run. {@code tick} is the present time. */
    public void apply(TrialReport report, long tick) {
        int number = report.run().number();
        if (report instanceof TrialReport.Finished finished && !retrains.contains(number) && timed.add(number)) {
            trainingTime = trainingTime.plus(finished.trainingTime());
        }
        report.accept(new ReportedEvent(tick)).ifPresent(event -> happens(number, event));
    }

    /** A heartbeat names this run. */
    public void alive(RunStatus run, long tick) {
        happens(run.number(), new TrialEvent.RunAlive(run.runId(), run.dispatch(), run.epoch(), tick));
    }

    /** A trial's newest dispatch is in the queue, at this offset. */
    public void queued(int number, int dispatch, long offset) {
        OpenTrial trial = open.get(number);
        if (trial != null && trial.ledger().dispatch() == dispatch) {
            happens(number, new TrialEvent.Enqueued(offset));
        }
    }

    /** The queue of the study's pool hands out nothing before this offset any more. */
    public void queueBeginsAt(long offset, long tick) {
        happens(new TrialEvent.QueueAdvanced(offset, tick));
    }

    /** Time passed: runs that have been silent for too long are lost. */
    public void expire(long tick, Deadlines deadlines) {
        happens(new TrialEvent.TimePassed(tick, deadlines));
    }

    /** A trial's final report is not on its topic any more. */
    public void reportGone(int number, long tick, Deadlines deadlines) {
        happens(number, new TrialEvent.ReportGone(tick, deadlines));
    }

    /** Whether the trial's end is known and its outcome awaited. */
    public boolean isSettling(int number) {
        return open.containsKey(number) && open.get(number).isSettling();
    }

    /** A trial's run has been told that it is stuck. */
    public void toldStuck(int number, long tick) {
        happens(number, new TrialEvent.ToldStuck(tick));
    }

    /** The sampler says that every configuration of the finite space was tried. */
    public void spaceIsExhausted() {
        spaceExhausted = true;
    }

    /** The study's newest record. */
    public StudyRecord record() {
        return record;
    }

    /** What the user asked for. */
    public StudySpec spec() {
        return record.spec();
    }

    /** The trials without an outcome, by number. */
    public Collection<OpenTrial> open() {
        return List.copyOf(open.values());
    }

    /** Whether the trial exists and has its outcome, or will have it by the suggester's word. */
    public boolean isFinal(int number) {
        OpenTrial trial = open.get(number);
        return trial == null ? number < record.nextNumber() : trial.ledger().hasEnded();
    }

    /** How many trials are queued or running, retrains included. */
    public int inFlight() {
        return count(OpenTrial::isInFlight);
    }

    /** How many trials of the search are queued or running. */
    public int searching() {
        return count(trial -> trial.isInFlight() && !trial.isRetrain());
    }

    /** The retrains without an outcome, by number. */
    public List<OpenTrial> openRetrains() {
        return open.values().stream().filter(OpenTrial::isRetrain).toList();
    }

    /** How many trials have their final report and wait for their outcome since this tick or a later one. */
    public int settlingSince(long tick) {
        return count(trial -> trial.isSettlingSince(tick));
    }

    /** What the study has used. */
    public StudyProgress progress() {
        return new StudyProgress(ended, importedEnded, count(trial -> !trial.isRetrain()), trainingTime);
    }

    /** The run of the trial that was imported with this content, if there is one. */
    public Optional<Run> imported(String contentHash) {
        return Optional.ofNullable(imported.get(contentHash));
    }

    /** The runs of the imported trials, by number. */
    public Map<Integer, Run> importedRuns() {
        return imported.values().stream().collect(Collectors.toMap(Run::number, run -> run));
    }

    /** The configurations of the trials that are evidence, up to the watermark, or open, by number. */
    public Map<Integer, Configuration> configurations() {
        Map<Integer, Configuration> configurations = new HashMap<>();
        evidence.observations().forEach(seen -> configurations.put(seen.trialNumber(), seen.configuration()));
        open.forEach((number, trial) -> configurations.put(number, trial.configuration()));
        return configurations;
    }

    /** The evidence up to the watermark, with every open trial of the search pending. */
    public Evidence evidence() {
        Evidence all = evidence;
        for (OpenTrial trial : open.values()) {
            all = trial.isRetrain() ? all : all.withPending(trial.number(), trial.configuration());
        }
        return all;
    }

    /** The numbers of the open trials of the search. */
    public List<Integer> pending() {
        return open.values().stream()
                .filter(trial -> !trial.isRetrain())
                .map(OpenTrial::number)
                .toList();
    }

    /** The configuration of a trial that was COMPLETED or PRUNED, up to the watermark. */
    public Optional<Configuration> trained(int number) {
        return evidence.observations().stream()
                .filter(seen -> seen.trialNumber() == number && seen.kind() != Observation.Kind.INFEASIBLE)
                .map(Observation::configuration)
                .findFirst();
    }

    /** The number of the newest evidence that a suggestion sees now; 0 for none. */
    public long watermark() {
        return watermark;
    }

    /** The best completed trial. */
    public Optional<Outcome> best() {
        return best;
    }

    /**
     * How many more trials may be proposed.
     *
     * @return 0 when the budget is used up or taken by open trials
     */
    public int budgetLeft() {
        if (spent().isPresent()) {
            return 0;
        }
        int taken = progress().counted() + count(trial -> !trial.isImported() && !trial.isRetrain());
        return Math.max(0, spec().budget().trials().orElse(Integer.MAX_VALUE) - taken);
    }

    /** Why the study makes no more proposals, if its budget or its space is used up. */
    public Optional<Reason> spent() {
        Optional<Reason> spent = progress().spent(spec().budget());
        if (spent.isPresent()) {
            return spent;
        }
        return spaceExhausted
                ? Optional.of(Reason.of(ReasonCode.SPACE_EXHAUSTED, "every configuration of the space was tried"))
                : Optional.empty();
    }

    /**
     * Why the study should end: {@value Failures#LIMIT} trials in a row FAILED with the same code and none was trained
     * to an end, since the study began or was resumed.
     */
    public Optional<Reason> repeatedFailure() {
        return failures.repeated();
    }

    private void happens(TrialEvent event) {
        open.replaceAll((number, trial) -> event.applyTo(trial));
    }

    private void happens(int number, TrialEvent event) {
        open.computeIfPresent(number, (key, trial) -> event.applyTo(trial));
    }

    private void learn(Outcome outcome) {
        OpenTrial trial = open.get(outcome.number());
        evidence = evidence.with(observation(outcome, trial));
        watermark = outcome.evidenceNumber().orElseThrow();
        close(outcome);
        boolean better = outcome.state() == TrialState.COMPLETED
                && (best.isEmpty()
                        || spec().objective()
                                .direction()
                                .isBetter(
                                        outcome.objective().orElseThrow(),
                                        best.get().objective().orElseThrow()));
        best = better ? Optional.of(outcome) : best;
    }

    private Observation observation(Outcome outcome, OpenTrial trial) {
        double loss =
                outcome.objective().map(spec().objective().direction()::loss).orElse(Double.NaN);
        return switch (outcome.state()) {
            case COMPLETED -> Observation.completed(outcome.number(), trial.configuration(), loss);
            case PRUNED -> Observation.pruned(outcome.number(), trial.configuration(), loss, outcome.epochs());
            case INFEASIBLE -> Observation.infeasible(outcome.number(), trial.configuration());
            default -> throw new IllegalStateException("no evidence: " + outcome);
        };
    }

    private void close(Outcome outcome) {
        OpenTrial closed = open.remove(outcome.number());
        if (!closed.isRetrain()) {
            (closed.isImported() ? importedEnded : ended).merge(outcome.state(), 1, Integer::sum);
        }
        boolean beforeResume = outcome.number() < record.resumedAt().orElse(0) && outcome.state() == TrialState.FAILED;
        if (!closed.isRetrain() && !closed.isImported() && !beforeResume) {
            failures = failures.with(outcome.state(), outcome.reason());
        }
    }

    private int count(Predicate<OpenTrial> which) {
        return (int) open.values().stream().filter(which).count();
    }
}
