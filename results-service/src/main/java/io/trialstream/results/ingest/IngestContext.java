package io.trialstream.results.ingest;

import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.TrialTraces;
import io.trialstream.results.outcomes.OutcomeFeed;
import jakarta.inject.Singleton;

/** The collaborators of an ingest session. */
@Singleton
record IngestContext(
        KafkaConnection connection,
        DeadLetters deadLetters,
        Backlog backlog,
        BatchWriter writer,
        OutcomeFeed outcomes,
        OutcomeRecovery recovery,
        Purge purge,
        DeletedStudyFiles deletedFiles,
        MetricOrderIndex metricOrders,
        IngestMeters meters,
        TrialTraces traces) {}
