/** Detects records that a topic has lost. */
package io.trialstream.results.topics;
