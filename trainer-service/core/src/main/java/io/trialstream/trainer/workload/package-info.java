/**
 * What a trainer can be asked to do, free of any queue and of any engine: a {@link
 * io.trialstream.trainer.workload.Workload} turns a {@link io.trialstream.trainer.workload.TrialRequest} into a {@link
 * io.trialstream.trainer.workload.WorkloadRun} that is driven epoch by epoch.
 */
package io.trialstream.trainer.workload;
