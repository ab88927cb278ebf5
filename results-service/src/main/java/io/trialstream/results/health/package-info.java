/** Health and gauges, on the management port. */
package io.trialstream.results.health;
