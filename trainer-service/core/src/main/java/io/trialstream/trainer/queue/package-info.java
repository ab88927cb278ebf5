/**
 * The queue of a pool of trainers: a {@link io.trialstream.trainer.queue.TrialQueue} hands out one trial at a time and
 * keeps it locked until it is accepted. Its adapter is a Kafka share group.
 */
package io.trialstream.trainer.queue;
