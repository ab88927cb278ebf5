/** Differences between the topics and the database that users must know of. */
package io.trialstream.results.gaps;
