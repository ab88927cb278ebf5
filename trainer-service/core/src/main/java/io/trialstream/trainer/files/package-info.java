/** What several parts of the trainer do with files. */
package io.trialstream.trainer.files;
