/** What operators see of the suggester's work: meters and log lines. */
package io.trialstream.suggester.telemetry;
