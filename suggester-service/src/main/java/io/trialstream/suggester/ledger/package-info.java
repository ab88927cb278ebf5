/** The one place where studies and trials come into being: a Kafka transaction of the one active suggester. */
package io.trialstream.suggester.ledger;
