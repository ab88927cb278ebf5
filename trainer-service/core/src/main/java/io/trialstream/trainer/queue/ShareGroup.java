package io.trialstream.trainer.queue;

import io.trialstream.contracts.Topics;
import io.trialstream.messaging.KafkaConnection;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * The share group of a pool's trainers.
 *
 * @param pool the pool whose queue it reads
 * @param lockDuration how long a taken record stays locked without renewal; the broker allows 15 s and more
 */
public record ShareGroup(String pool, Duration lockDuration) {

    /** The group's name on the broker. */
    public String name() {
        return Topics.shareGroup(pool);
    }

    /**
     * Gives the group its settings: a new group begins at the oldest record, and locks last {@link #lockDuration}.
     * Every trainer does so at its start; the settings are the same.
     *
     * @throws KafkaException if the broker cannot be reached or refuses them
     */
    public void configure(KafkaConnection connection) {
        Collection<AlterConfigOp> settings = List.of(
                set("share.auto.offset.reset", "earliest"),
                set("share.record.lock.duration.ms", Long.toString(lockDuration.toMillis())));
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, name());
        try (Admin admin = connection.admin()) {
            admin.incrementalAlterConfigs(Map.of(group, settings)).all().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** A new member of the group, subscribed to the pool's queue. */
    KafkaShareConsumer<String, byte[]> join(KafkaConnection connection, String clientId) {
        Map<String, Object> config = connection.common();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, name());
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        // The default hands whole batches to one member, whose locks then expire while it trains the first.
        config.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        KafkaShareConsumer<String, byte[]> consumer =
                new KafkaShareConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.proposals(pool).name()));
        return consumer;
    }

    private static AlterConfigOp set(String key, String value) {
        return new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    }
}
