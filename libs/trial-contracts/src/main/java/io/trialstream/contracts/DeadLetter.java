package io.trialstream.contracts;

import io.trialstream.space.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A record that a reader could not use, kept so that a person can look at it and send it again.
 *
 * @param topic where it was read
 * @param partition where it was read
 * @param offset where it was read
 * @param group who read it
 * @param recordKey its key, if it had one
 * @param code what kind of fault; those of this release are {@link DeadLetterCode}
 * @param reason what is wrong, for people
 * @param payload the record's value, at most {@link #MAX_PAYLOAD_BYTES} of it; Base64 in JSON
 * @param payloadBytes the length of the whole value
 * @param payloadSha256 the hash of the whole value, in lower-case hexadecimal digits
 * @param at when the reader gave it up
 */
public record DeadLetter(
        String topic,
        int partition,
        long offset,
        String group,
        Optional<String> recordKey,
        String code,
        String reason,
        byte[] payload,
        int payloadBytes,
        String payloadSha256,
        Instant at)
        implements Message {

    /** What is kept of a large value. */
    public static final int MAX_PAYLOAD_BYTES = 256 * 1024;

    /** Refuses absent fields and copies the payload. */
    public DeadLetter {
        Require.text("topic", topic);
        Require.atLeast("partition", 0, partition);
        Require.atLeast("offset", 0L, offset);
        Require.text("group", group);
        recordKey = recordKey == null ? Optional.empty() : recordKey;
        Require.text("code", code);
        Require.text("reason", reason);
        payload = Require.present("payload", payload).clone();
        Require.atLeast("payloadBytes", payload.length, payloadBytes);
        Require.sha256("payloadSha256", payloadSha256);
        Require.present("at", at);
    }

    /** A dead letter for this value, cut where it is too long, with the hash of the whole. */
    public static DeadLetter of(
            String topic,
            int partition,
            long offset,
            String group,
            Optional<String> recordKey,
            DeadLetterCode code,
            String reason,
            byte[] value,
            Instant at) {
        byte[] kept = value.length <= MAX_PAYLOAD_BYTES ? value : Arrays.copyOf(value, MAX_PAYLOAD_BYTES);
        return new DeadLetter(
                topic,
                partition,
                offset,
                group,
                recordKey,
                code.name(),
                reason,
                kept,
                value.length,
                Sha256.hex(value),
                at);
    }

    /** The key of its record: names the place where it was read and the reader. */
    public String key() {
        return topic + "/" + partition + "/" + offset + "/" + group;
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeadLetter that
                && key().equals(that.key())
                && code.equals(that.code)
                && payloadSha256.equals(that.payloadSha256);
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    @Override
    public String toString() {
        return "DeadLetter[" + key() + ", " + code + ": " + reason + ", " + payloadBytes + " bytes beginning with '"
                + new String(payload, 0, Math.min(40, payload.length), StandardCharsets.UTF_8) + "']";
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visit(this);
    }
}
