package io.trialstream.trainer.sleep;

import io.trialstream.contracts.Capability;
import io.trialstream.contracts.study.SleepTraining;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.Workload;
import io.trialstream.trainer.workload.WorkloadRun;
import java.util.List;

/**
 * Sleeps through its epochs. Reports {@code objective}, which rises from epoch to epoch towards a deterministic
 * function of the configuration (the formula is that of {@code SleepObjective}), and {@code loss} = 1 - objective.
 */
public final class SleepWorkload implements Workload {

    @Override
    public String name() {
        return SleepTraining.WORKLOAD;
    }

    @Override
    public Capability capability() {
        return new Capability(name(), SleepTraining.METRICS, List.of(), List.of());
    }

    @Override
    public WorkloadRun start(TrialRequest request) {
        if (!(request.training() instanceof SleepTraining training)) {
            throw new IllegalArgumentException("training.workload must be " + name() + ", got "
                    + request.training().workload());
        }
        return new SleepRun(training, SleepObjective.of(request.configuration()));
    }
}
