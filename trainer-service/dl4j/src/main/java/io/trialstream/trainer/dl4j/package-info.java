/**
 * Deeplearning4j as a training engine: blueprints as computation graphs, Keras's update rules, and a check of its
 * traps.
 */
package io.trialstream.trainer.dl4j;
