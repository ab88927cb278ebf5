/** Everything of a study, streamed out of the database. */
package io.trialstream.results.export;
