/** Reads the dead letters. */
package io.trialstream.results.deadletters;
