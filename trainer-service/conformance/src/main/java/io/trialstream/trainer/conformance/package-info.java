/**
 * What every training engine must do alike, as tests that an engine's module inherits: shapes, forward pass, gradients,
 * update rules, learning, repeating and resuming, each against a plain computation from the definitions.
 */
package io.trialstream.trainer.conformance;
