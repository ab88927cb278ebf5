/** From a configuration to a network as data: a pure function, free of any engine. */
package io.trialstream.trainer.blueprint;
