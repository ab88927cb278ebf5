/**
 * The life of a queued trial in a trainer: {@link io.trialstream.trainer.run.Admission} decides what becomes of a
 * record, {@link io.trialstream.trainer.run.EpochDecision} whether a run goes on after an epoch, {@link
 * io.trialstream.trainer.run.Slot} and {@link io.trialstream.trainer.run.RunExecution} carry it out.
 */
package io.trialstream.trainer.run;
