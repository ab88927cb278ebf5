package io.trialstream.trainer.run;

import java.time.Clock;

/**
 * What paces and stops slots.
 *
 * @param drain whether the trainer is to stop
 * @param timing how long slots wait
 * @param clock for the times in reports
 */
public record SlotControl(Drain drain, SlotTiming timing, Clock clock) {}
