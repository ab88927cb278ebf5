package io.trialstream.trainer.workload;

/** Stand-in for {@code io.trialstream.contracts.study.TrainingSettings} until that is on the main branch. */
public sealed interface TrainingSettings permits CnnTraining {

    /** The workload's name. */
    String workload();

    /** How many epochs a trial runs at most. */
    int epochs();
}
