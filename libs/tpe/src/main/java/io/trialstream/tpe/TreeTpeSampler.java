package io.trialstream.tpe;

import io.trialstream.space.Configuration;
import io.trialstream.space.Interruption;
import io.trialstream.space.Parameter;
import io.trialstream.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The house sampler: a tree-structured Parzen estimator with one joint density over the whole tree of a declared space,
 * which sees pending and infeasible trials and never repeats one. See {@link TreeDensity} for the model and
 * {@link TreeTpeOptions} for the settings.
 *
 * <p>Thread-safe: suggestions of one sampler are made one after the other, because they share columns that grow with
 * the evidence.
 */
final class TreeTpeSampler extends ModelSampler {
    private static final int NEWEST_KEPT = 1000;

    private final TreeTpeOptions options;
    private final CellMasses[] masses;
    private EvidenceTable table;
    private Evidence tabulated = Evidence.empty();

    TreeTpeSampler(SearchSpace space, TreeTpeOptions options) {
        super(space, options.deduplicate());
        this.options = options;
        this.table = new EvidenceTable(space);
        this.masses = new CellMasses[space.parameters().size()];
        for (Parameter p : space.parameters()) {
            if (table.axis(p.index()) != null) {
                masses[p.index()] = new CellMasses(table.axis(p.index()));
            }
        }
    }

    /** l and g. */
    record Densities(TreeDensity good, TreeDensity bad) {}

    @Override
    boolean inStartup(Evidence evidence) {
        return evidence.size() < Math.max(1, options.startupTrials());
    }

    @Override
    Optional<Configuration> startup(SuggestionRequest request) {
        return options.latinStartup() && options.startupTrials() > 0
                ? Optional.of(new LatinStartup(space(), options.startupTrials())
                        .draw(request.studySeed(), request.trialNumber()))
                : Optional.empty();
    }

    @Override
    public Suggestion suggest(SuggestionRequest request) {
        synchronized (masses) {
            return super.suggest(request);
        }
    }

    @Override
    Proposer proposer(Evidence evidence, CounterRandom random) {
        Densities densities = densities(evidence);
        return passes -> best(densities, random, passes);
    }

    /**
     * The best of the draws that are in the branch of the first one. Ratios of densities are compared within a branch:
     * among leaves with many observations the best of many ratios is always higher than where the prior stands in, so
     * that the best of all would hardly ever try another branch again. Of equals the earlier one is better. Only the
     * best is kept, so that memory does not grow with the candidates.
     */
    private Optional<Configuration> best(Densities densities, CounterRandom random, Predicate<Configuration> passes) {
        Configuration first = null;
        Configuration best = null;
        double bestScore = Double.NaN;
        for (int i = 0; i < options.candidates(); i++) {
            Interruption.check();
            Configuration drawn = densities.good().draw(random);
            first = first == null ? drawn : first;
            if (options.drawnBranch() && !sameBranch(first, drawn)) {
                continue;
            }
            Candidate candidate = Candidate.of(drawn, table);
            double score =
                    densities.good().logDensity(candidate) - densities.bad().logDensity(candidate);
            if ((best == null || Double.compare(score, bestScore) > 0) && passes.test(drawn)) {
                best = drawn;
                bestScore = score;
            }
        }
        return Optional.ofNullable(best);
    }

    @Override
    public Optional<ParameterPreview> preview(Evidence evidence, String label) {
        evidence.requireSpace(space());
        Parameter parameter = space().parameter(label)
                .orElseThrow(() -> new IllegalArgumentException("the space has no parameter '" + label + "'"));
        if (inStartup(evidence)) {
            return Optional.empty();
        }
        synchronized (masses) {
            Densities densities = densities(evidence);
            List<ParameterPreview.Point> points = new ArrayList<>();
            for (double value : ParameterDensity.points(parameter)) {
                points.add(new ParameterPreview.Point(
                        value,
                        densities.good().marginal(parameter.index(), value),
                        densities.bad().marginal(parameter.index(), value)));
            }
            return Optional.of(new ParameterPreview(label, points));
        }
    }

    /** The densities of the good and the bad trials. */
    Densities densities(Evidence evidence) {
        tabulate(evidence);
        for (CellMasses remembered : masses) {
            if (remembered != null) {
                remembered.trim();
            }
        }
        int[] below =
                below(options.below(table.completed().size() + table.pruned().size()));
        return new Densities(
                density(Members.of(table, below, List.of(), goodWeights(below)), options.crossover()),
                density(bad(below, evidence), 0));
    }

    private TreeDensity density(Members members, double crossover) {
        return new TreeDensity(space(), table, members, options, masses, crossover);
    }

    /** Whether the same parameters are active in both. */
    private boolean sameBranch(Configuration a, Configuration b) {
        for (Parameter p : space().parameters()) {
            if (a.isActive(p.index()) != b.isActive(p.index())) {
                return false;
            }
        }
        return true;
    }

    /** Brings the columns up to the evidence; they are built anew for evidence that does not continue the last. */
    private void tabulate(Evidence evidence) {
        if (!evidence.continues(tabulated)) {
            table = new EvidenceTable(space());
        }
        List<Observation> observations = evidence.observations();
        while (table.size() < observations.size()) {
            Interruption.check();
            table.append(observations.get(table.size()));
        }
        tabulated = evidence;
    }

    /** Completed trials, the best first, then pruned ones. */
    private int[] below(int count) {
        int[] rows = new int[count];
        int completed = Math.min(count, table.completed().size());
        for (int i = 0; i < count; i++) {
            rows[i] = i < completed ? table.completed().get(i) : table.pruned().get(i - completed);
        }
        return rows;
    }

    /** The weights of the good trials, and of the prior: an average observation's times its weight. */
    private double[] goodWeights(int[] below) {
        int n = below.length;
        boolean more = table.completed().size() > n;
        double next = more ? table.observation(table.completed().get(n)).loss() : Double.NaN;
        double[] losses = Arrays.stream(below)
                .mapToDouble(row -> table.observation(row).loss())
                .toArray();
        double[] weights = Arrays.copyOf(options.goodWeights().of(losses, next), n + 1);
        double sum = Arrays.stream(weights).sum();
        weights[n] = n == 0 ? 1 : options.priorWeight() * sum / n;
        return weights;
    }

    private Members bad(int[] below, Evidence evidence) {
        boolean[] isBelow = new boolean[table.size()];
        for (int row : below) {
            isBelow[row] = true;
        }
        int finished = table.size() - below.length;
        double[] ages = AgeWeights.of(finished, options.linearForgetting());
        double kept = Math.min(1, (options.thinAbove() - NEWEST_KEPT) / (double) Math.max(1, finished - NEWEST_KEPT));
        int[] rows = new int[finished];
        double[] weights = new double[finished];
        int count = 0;
        int age = 0;
        for (int place = 0; place < table.size(); place++) {
            int row = table.byAge().get(place);
            if (isBelow[row]) {
                continue;
            }
            boolean old = kept < 1 && finished - age > NEWEST_KEPT;
            double weight = table.observation(row).kind() == Observation.Kind.INFEASIBLE
                    ? options.infeasibleWeight()
                    : ages[age];
            age++;
            if (!old || table.lot(row) < kept) {
                rows[count] = row;
                weights[count++] = old ? weight / kept : weight;
            }
        }
        List<Configuration> pending =
                evidence.pending().stream().map(Pending::configuration).toList();
        double[] all = Arrays.copyOf(weights, count + pending.size() + 1);
        Arrays.fill(all, count, all.length - 1, options.pendingWeight());
        all[all.length - 1] = options.priorWeight();
        return Members.of(table, Arrays.copyOf(rows, count), pending, all);
    }

    @Override
    public String type() {
        return "tree-tpe";
    }

    @Override
    public int version() {
        return 2;
    }
}
