/** What both REST services share: problem+json after RFC 9457, the JSON mapper, and study files as request bodies. */
package io.trialstream.rest;
