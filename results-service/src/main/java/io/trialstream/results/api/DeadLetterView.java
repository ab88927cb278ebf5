package io.trialstream.results.api;

import io.trialstream.contracts.DeadLetter;
import io.trialstream.results.deadletters.DeadLetterReader.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A record that a reader could not use.
 *
 * @param id names it
 * @param topic where it was read
 * @param partition where it was read
 * @param offset where it was read
 * @param group who read it
 * @param recordKey its key
 * @param code what kind of fault
 * @param reason what is wrong
 * @param at when it was put aside
 * @param payloadBytes the length of its value
 * @param payloadSha256 the hash of its value
 * @param preview the beginning of its value as text
 * @param payload its value, as far as it was kept; left out of lists
 */
@Schema(name = "DeadLetter", description = "A record that a reader could not use, with the reason")
public record DeadLetterView(
        long id,
        String topic,
        int partition,
        long offset,
        String group,
        Optional<String> recordKey,
        String code,
        String reason,
        Instant at,
        int payloadBytes,
        String payloadSha256,
        String preview,
        @Schema(description = "Base64") Optional<byte[]> payload) {
    private static final int PREVIEW_BYTES = 2_000;

    static DeadLetterView listed(Stored stored) {
        return of(stored, Optional.empty());
    }

    static DeadLetterView detailed(Stored stored) {
        return of(stored, Optional.of(stored.letter().payload()));
    }

    private static DeadLetterView of(Stored stored, Optional<byte[]> payload) {
        DeadLetter letter = stored.letter();
        byte[] kept = letter.payload();
        byte[] beginning = Arrays.copyOf(kept, Math.min(kept.length, PREVIEW_BYTES));
        return new DeadLetterView(
                stored.offset(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.group(),
                letter.recordKey(),
                letter.code(),
                letter.reason(),
                letter.at(),
                letter.payloadBytes(),
                letter.payloadSha256(),
                new String(beginning, StandardCharsets.UTF_8),
                payload);
    }
}
