/**
 * Heartbeats: {@link io.trialstream.trainer.heartbeat.Heartbeats} sends this trainer's,
 * {@link io.trialstream.trainer.heartbeat.LiveRuns} knows from those of all trainers which trials are being trained.
 */
package io.trialstream.trainer.heartbeat;
