/** The REST interface: what readers see, and the resources that serve it. */
package io.trialstream.results.api;
