/**
 * What stands before every REST resource: who may speak to this process from a browser, how large and how many requests
 * may be, and how a refusal of the HTTP layer looks.
 */
package io.trialstream.rest.edge;
