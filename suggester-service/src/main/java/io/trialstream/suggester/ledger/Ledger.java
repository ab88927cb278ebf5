package io.trialstream.suggester.ledger;

import io.trialstream.contracts.LedgerRecord;
import io.trialstream.contracts.MessageCodec;
import io.trialstream.contracts.StudyRecord;
import io.trialstream.contracts.Topics;
import io.trialstream.messaging.FaultPoint;
import io.trialstream.messaging.KafkaConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Commits study and ledger records, all of a call or none. Opening it fences every earlier suggester: theirs can commit
 * nothing any more. After an exception its state is unknown: close it, open another and read the topics again.
 */
public final class Ledger implements AutoCloseable {
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;

    private final MessageCodec codec = new MessageCodec();
    private final Producer<String, byte[]> producer;

    private Ledger(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Opens the ledger for this process alone.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker cannot be reached
     */
    public static Ledger open(KafkaConnection connection, String transactionalId) {
        KafkaProducer<String, byte[]> producer = connection.producer(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG, "suggester-ledger",
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TRANSACTION_TIMEOUT_MS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TRANSACTION_TIMEOUT_MS / 2,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, TRANSACTION_TIMEOUT_MS));
        try {
            producer.initTransactions();
            return new Ledger(producer);
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * Commits these records together; when it returns they exist.
     *
     * @throws FencedException if they do not exist, since another suggester has taken over
     * @throws org.apache.kafka.common.KafkaException if it is not known whether they exist
     */
    public void commit(List<StudyRecord> studies, List<LedgerRecord> trials) {
        try {
            transact(studies, trials);
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new FencedException(e);
        }
    }

    /** Closes the producer at once; an open transaction is aborted by whoever opens the ledger next. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }

    private void transact(List<StudyRecord> studies, List<LedgerRecord> trials) {
        producer.beginTransaction();
        for (StudyRecord study : studies) {
            int partition = Topics.partition(Topics.STUDIES, study.studyId());
            producer.send(new ProducerRecord<>(Topics.STUDIES.name(), partition, study.studyId(), codec.write(study)));
        }
        for (LedgerRecord trial : trials) {
            int partition = Topics.partition(Topics.TRIAL_LEDGER, trial.studyId());
            producer.send(new ProducerRecord<>(
                    Topics.TRIAL_LEDGER.name(), partition, trial.trialId().toString(), codec.write(trial)));
        }
        producer.flush();
        FaultPoint.SUGGESTER_SENT.reached();
        producer.commitTransaction();
    }
}
