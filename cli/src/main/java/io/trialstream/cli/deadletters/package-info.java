/** Looks into {@code dead-letters} and sends what lies there again. */
package io.trialstream.cli.deadletters;
