package io.trialstream.results.ingest;

import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.TrialTraces;
import io.trialstream.results.outcomes.OutcomeFeed;
import jakarta.inject.Singleton;

/** What an ingest session works with. */
@Singleton
record IngestContext(
        KafkaConnection connection,
        DeadLetters deadLetters,
        Backlog backlog,
        BatchWriter writer,
        OutcomeFeed outcomes,
        OutcomeRecovery recovery,
        Purge purge,
        DoomedFiles files,
        MetricPlaces places,
        IngestMeters meters,
        TrialTraces traces) {}
