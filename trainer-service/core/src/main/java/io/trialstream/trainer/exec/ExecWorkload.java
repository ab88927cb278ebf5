package io.trialstream.trainer.exec;

import io.trialstream.contracts.Capability;
import io.trialstream.contracts.study.ExecTraining;
import io.trialstream.contracts.study.ProgramDefinition;
import io.trialstream.trainer.workload.TrialRequest;
import io.trialstream.trainer.workload.Workload;
import io.trialstream.trainer.workload.WorkloadRun;
import java.util.List;
import java.util.Objects;

/** Training by users' own programs: a study names one of the trainer's allow-list, which is started for each trial. */
public final class ExecWorkload implements Workload {
    private final Programs programs;
    private final ExecSettings settings;

    /** Offers those of the programs that can be started here, and removes what dead trainers left. */
    public ExecWorkload(Programs programs, ExecSettings settings) {
        this.programs = programs.startable();
        this.settings = Objects.requireNonNull(settings, "settings");
        RunDirectory.sweep(settings.directory());
    }

    @Override
    public String name() {
        return ExecTraining.WORKLOAD;
    }

    @Override
    public Capability capability() {
        return new Capability(name(), List.of(), List.of(), List.of(), programs.names());
    }

    @Override
    public WorkloadRun start(TrialRequest request) {
        if (!(request.training() instanceof ExecTraining training)) {
            throw new IllegalArgumentException("training.workload must be " + name() + ", got "
                    + request.training().workload());
        }
        ProgramDefinition program = programs.named(training.program());
        return new ExecRun(program, request, settings);
    }
}
