/** A workload that needs no engine: for trying out a cluster. */
package io.trialstream.trainer.sleep;
