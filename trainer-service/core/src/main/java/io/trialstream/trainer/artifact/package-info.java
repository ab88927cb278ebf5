/** The files that a run leaves: drawings of its network, TensorBoard's event files, its best weights. */
package io.trialstream.trainer.artifact;
