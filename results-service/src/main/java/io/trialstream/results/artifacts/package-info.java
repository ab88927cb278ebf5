/** The files that runs leave. */
package io.trialstream.results.artifacts;
