package io.trialstream.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trialstream.contracts.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Dead letters in the form that the REST interface lists them, with the {@code letter} by which they are sent again. */
public final class DeadLetterDocument {
    private static final int PREVIEW_BYTES = 2_000;

    private DeadLetterDocument() {}

    /** Answers one page with all of them. */
    public static JsonNode of(List<DeadLetter> letters) {
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode items = page.putArray("items");
        letters.forEach(letter -> items.add(item(letter)));
        return page;
    }

    private static ObjectNode item(DeadLetter letter) {
        byte[] payload = letter.payload();
        ObjectNode item = JsonNodeFactory.instance
                .objectNode()
                .put("letter", letter.key())
                .put("topic", letter.topic())
                .put("partition", letter.partition())
                .put("offset", letter.offset())
                .put("group", letter.group());
        letter.recordKey().ifPresent(key -> item.put("recordKey", key));
        return item.put("code", letter.code())
                .put("reason", letter.reason())
                .put("at", letter.at().toString())
                .put("payloadBytes", letter.payloadBytes())
                .put("payloadSha256", letter.payloadSha256())
                .put(
                        "preview",
                        new String(
                                Arrays.copyOf(payload, Math.min(payload.length, PREVIEW_BYTES)),
                                StandardCharsets.UTF_8));
    }
}
