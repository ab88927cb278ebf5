package io.trialstream.suggester.loop;

import io.trialstream.messaging.EventPublisher;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.TrialTraces;
import io.trialstream.suggester.config.SuggesterSettings;
import io.trialstream.suggester.telemetry.SuggesterMeters;

/**
 * What outlasts a term.
 *
 * @param connection the way to the broker
 * @param settings the settings
 * @param publisher publishes outside of transactions
 * @param meters what is counted
 * @param traces the traces of trials
 */
record SuggesterEnvironment(
        KafkaConnection connection,
        SuggesterSettings settings,
        EventPublisher publisher,
        SuggesterMeters meters,
        TrialTraces traces) {}
