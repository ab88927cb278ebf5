/** What a trainer counts. */
package io.trialstream.trainer.metrics;
