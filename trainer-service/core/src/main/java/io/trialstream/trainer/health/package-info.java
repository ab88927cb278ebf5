/** What operators see of a trainer: health checks and metrics. */
package io.trialstream.trainer.health;
