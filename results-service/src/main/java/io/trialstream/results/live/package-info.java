/** Studies as streams of events: what changed since a client looked last. */
package io.trialstream.results.live;
