/**
 * What the suggester says: the newest commands to each trial and the state of each study, followed from their topics by
 * one thread.
 */
package io.trialstream.trainer.command;
