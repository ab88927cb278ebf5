/** Labelled images: where they come from, whether they are sound, and which of them a trial trains and is judged on. */
package io.trialstream.trainer.dataset;
