/** Publishes outcomes after their commit, and again what is not known to have been published. */
package io.trialstream.results.outcomes;
