/**
 * Reads the topics and writes their records: one replica at a time, rows and positions in one transaction. Outcomes are
 * published after the commit.
 */
package io.trialstream.results.ingest;
