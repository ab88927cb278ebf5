/** The dashboard: pages that read the REST interface and follow its events in a browser. */
package io.trialstream.results.page;
