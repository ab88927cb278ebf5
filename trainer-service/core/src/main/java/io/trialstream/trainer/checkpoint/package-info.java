/**
 * What a run leaves behind so that another can go on from it: a header, named arrays of numbers and a checksum. Never
 * serialised objects: a checkpoint is data, and reading one runs nothing.
 */
package io.trialstream.trainer.checkpoint;
