/** Health checks of a trainer. */
package io.trialstream.trainer.health;
