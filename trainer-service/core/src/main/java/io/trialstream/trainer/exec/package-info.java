/**
 * Trials that a user's own program trains: {@link io.trialstream.trainer.exec.ExecWorkload} starts it, reads what it
 * reports, or what it prints and writes, and ends it with everything that it has started. The protocol is described in
 * {@code docs/programs.md}.
 */
package io.trialstream.trainer.exec;
