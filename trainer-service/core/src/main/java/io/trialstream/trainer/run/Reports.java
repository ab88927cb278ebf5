package io.trialstream.trainer.run;

import io.trialstream.contracts.Run;
import io.trialstream.contracts.TrialReport;
import io.trialstream.contracts.TrialState;
import io.trialstream.contracts.study.Objective;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The reports with which runs end. */
final class Reports {

    private Reports() {}

    /**
     * The last report of a run that trained. {@code closing} are the metrics measured once, after the last epoch.
     */
    static TrialReport of(
            Run run, RunEnd end, Curve curve, Map<String, Double> closing, Duration trainingTime, Instant now) {
        if (!(end instanceof RunEnd.Final last)) {
            return withoutResult(run, end, curve.epochs(), now);
        }
        Map<String, Double> endMetrics = new LinkedHashMap<>(curve.last());
        endMetrics.putAll(closing);
        // A configuration that diverged is bad, however good an epoch before was.
        Optional<Double> objective = last.state() == TrialState.INFEASIBLE ? Optional.empty() : curve.objective();
        return new TrialReport.Finished(
                run,
                last.state(),
                objective,
                curve.epochs(),
                curve.bestEpoch(),
                curve.best(),
                endMetrics,
                trainingTime,
                last.reason(),
                last.commandId(),
                now);
    }

    /** The report of a trial that ended before it was started. */
    static TrialReport unstarted(Run run, RunEnd.Final end, Objective objective, Instant now) {
        return of(run, end, new Curve(objective), Map.of(), Duration.ZERO, now);
    }

    /** The report of a run that ended without a result after this epoch. */
    static TrialReport withoutResult(Run run, RunEnd end, int epoch, Instant now) {
        return switch (end.name()) {
            case RunEnd.INTERRUPTED -> new TrialReport.Interrupted(
                    run, epoch, end.reason().orElseThrow(), now);
            case RunEnd.ERRORED -> new TrialReport.Errored(
                    run, epoch, end.reason().orElseThrow(), now);
            default -> throw new IllegalArgumentException("a run that broke off has no result: " + end);
        };
    }
}
