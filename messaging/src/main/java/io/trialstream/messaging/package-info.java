/**
 * The Kafka adapters that every service needs in the same form: creating topics, publishing messages, following state
 * topics from their beginning, and putting aside what cannot be read.
 */
package io.trialstream.messaging;
