/** The REST interface as the command line sees it: requests, and the parts of the answers that are shown. */
package io.trialstream.cli.client;
