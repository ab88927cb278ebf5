/** The training loop of image classifiers, free of any engine: batches, epochs, metrics, protocols. */
package io.trialstream.trainer.training;
