/** Exports of a study, streamed from the database. */
package io.trialstream.results.export;
