package io.trialstream.suggester.pool;

import io.trialstream.contracts.Capability;
import io.trialstream.contracts.study.CnnTraining;
import io.trialstream.contracts.study.Spelling;
import io.trialstream.contracts.study.StudySpec;
import io.trialstream.contracts.study.TrainingSettings;
import io.trialstream.space.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a pool can train a study, as far as that is known when the study is created. The trainers' capabilities come
 * before what this release knows of its own workloads; where neither is known, the study is accepted.
 *
 * @param problems why it cannot be trained
 * @param warnings what it waits for, or what could not be checked
 */
public record Suitability(List<Problem> problems, List<Problem> warnings) {
    /** What a trainer's list means, where a data set that ships is not on it. */
    private static final String NOT_AT_HAND =
            "; a trainer has it once its files are where TRIALSTREAM_DATA names, or can be downloaded";

    /** Copies the lists. */
    public Suitability {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** Checks whether this pool's trainers can train the study. */
    public static Suitability of(StudySpec spec, PoolKnowledge pool) {
        List<Problem> problems = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        TrainingSettings training = spec.training();
        List<Capability> offers = pool.of(training.workload());
        workload(training, pool, offers).ifPresent(problems::add);
        dataset(training, pool, offers).ifPresent(problems::add);
        program(training, pool, offers).ifPresent(problems::add);
        metric(spec, offers).ifPresent(problems::add);
        problems.addAll(keys(spec, offers));
        if (pool.isEmpty()) {
            warnings.add(new Problem(
                    "pool", "NO_TRAINERS", "pool '" + pool.pool() + "' has no trainers now: the study waits for one"));
        }
        if (offers.isEmpty()) {
            unknownDataset(training, pool).ifPresent(warnings::add);
        }
        return new Suitability(problems, warnings);
    }

    private static Optional<Problem> workload(TrainingSettings training, PoolKnowledge pool, List<Capability> offers) {
        return pool.isComplete() && offers.isEmpty()
                ? Optional.of(new Problem(
                        "training.workload",
                        "NOT_OFFERED",
                        "no trainer of pool '" + pool.pool() + "' runs '" + training.workload() + "'; they run "
                                + listed(pool.workloads())))
                : Optional.empty();
    }

    private static Optional<Problem> dataset(TrainingSettings training, PoolKnowledge pool, List<Capability> offers) {
        Set<String> known = offers.stream()
                .flatMap(offer -> offer.datasets().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return training.datasetName()
                .filter(name -> pool.isComplete() && !offers.isEmpty() && !known.contains(name))
                .map(name -> new Problem(
                        "training.dataset",
                        "NOT_OFFERED",
                        "no trainer of pool '" + pool.pool() + "' has the data set '" + name + "'; they have "
                                + listed(known)
                                + (CnnTraining.DATASETS.contains(name) ? NOT_AT_HAND : Spelling.hint(name, known))));
    }

    private static Optional<Problem> program(TrainingSettings training, PoolKnowledge pool, List<Capability> offers) {
        Set<String> known = offers.stream()
                .flatMap(offer -> offer.programs().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return training.programName()
                .filter(name -> pool.isComplete() && !offers.isEmpty() && !known.contains(name))
                .map(name -> new Problem(
                        "training.program",
                        "NOT_OFFERED",
                        "no trainer of pool '" + pool.pool() + "' has the program '" + name + "'; they have "
                                + listed(known) + Spelling.hint(name, known)));
    }

    private static Optional<Problem> unknownDataset(TrainingSettings training, PoolKnowledge pool) {
        return training.datasetName()
                .filter(name -> !CnnTraining.DATASETS.contains(name))
                .map(name -> new Problem(
                        "training.dataset",
                        "NOT_KNOWN",
                        "no trainer of pool '" + pool.pool() + "' has said yet whether it has '" + name + "'"));
    }

    private static Optional<Problem> metric(StudySpec spec, List<Capability> offers) {
        Set<String> known = new TreeSet<>();
        offers.forEach(offer -> known.addAll(offer.metrics()));
        boolean silent = offers.stream().anyMatch(offer -> offer.metrics().isEmpty());
        if (offers.isEmpty()) {
            known.addAll(spec.training().metrics());
        }
        String metric = spec.objective().metric();
        return silent || known.isEmpty() || known.contains(metric)
                ? Optional.empty()
                : Optional.of(new Problem(
                        "objective.metric",
                        "UNKNOWN_VALUE",
                        "the workload '" + spec.training().workload() + "' reports no '" + metric + "'"
                                + Spelling.hint(metric, known) + " (known: " + String.join(", ", known) + ")"));
    }

    private static List<Problem> keys(StudySpec spec, List<Capability> offers) {
        Set<String> required = new TreeSet<>();
        offers.forEach(offer -> required.addAll(offer.requiredKeys()));
        if (offers.isEmpty()) {
            required.addAll(spec.training().requiredKeys());
        }
        Set<String> given = spec.space().certainNames();
        return required.stream()
                .filter(key -> !given.contains(key))
                .map(key -> new Problem(
                        "space." + key,
                        "MISSING_FIELD",
                        "the workload '" + spec.training().workload() + "' needs it in every configuration"
                                + Spelling.hint(key, unused(given, required))))
                .toList();
    }

    private static Set<String> unused(Set<String> given, Set<String> required) {
        return given.stream().filter(name -> !required.contains(name)).collect(Collectors.toSet());
    }

    private static String listed(Iterable<String> names) {
        String list = String.join(", ", names);
        return list.isEmpty() ? "none" : list;
    }
}
