package io.trialstream.suggester.loop;

import io.trialstream.contracts.Topics;
import io.trialstream.messaging.DeadLetters;
import io.trialstream.messaging.KafkaConnection;
import io.trialstream.messaging.TopicFollower;
import io.trialstream.suggester.config.SuggesterSettings;
import io.trialstream.suggester.ledger.Ledger;
import io.trialstream.suggester.queue.QueueWatch;
import io.trialstream.suggester.queue.ReportWatch;
import java.util.List;

/**
 * The Kafka clients that last for a term.
 *
 * @param ledger commits; opening it has fenced the predecessor, so what is read after that is all there is
 * @param events reads what happens from then on
 * @param reports whether awaited final reports are still on their topic
 * @param queues where the pools' queues begin
 * @param all all of them, to be closed together
 */
record TermClients(Ledger ledger, TopicFollower events, ReportWatch reports, QueueWatch queues, ClientStack all)
        implements AutoCloseable {

    /**
     * Opens all clients, or none.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker cannot be reached
     */
    static TermClients open(KafkaConnection connection, SuggesterSettings settings, DeadLetters deadLetters) {
        ClientStack opened = new ClientStack();
        try {
            return new TermClients(
                    opened.add(Ledger.open(connection, settings.transactionalId())),
                    opened.add(new TopicFollower(
                            connection,
                            "suggester-events",
                            List.of(Topics.TRIAL_OUTCOMES, Topics.TRIAL_REPORTS, Topics.TRAINERS),
                            deadLetters)),
                    opened.add(new ReportWatch(connection)),
                    opened.add(new QueueWatch(connection, settings.pools())),
                    opened);
        } catch (RuntimeException | Error e) {
            opened.closeAfter(e);
            throw e;
        }
    }

    @Override
    public void close() {
        all.close();
    }
}
