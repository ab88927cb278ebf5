/**
 * Signs of life, both ways: {@link io.trialstream.trainer.heartbeat.Heartbeats} sends this trainer's,
 * {@link io.trialstream.trainer.heartbeat.LiveRuns} knows from everybody's which trials are being trained.
 */
package io.trialstream.trainer.heartbeat;
