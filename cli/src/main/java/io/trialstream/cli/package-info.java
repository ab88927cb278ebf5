/** The {@code trialstream} command: one class a subcommand. What they share lies in the packages below. */
package io.trialstream.cli;
