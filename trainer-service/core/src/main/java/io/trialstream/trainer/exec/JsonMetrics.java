package io.trialstream.trainer.exec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Numbers in a JSON file. Each time that the file is written anew a step is over; what was there before the program
 * started does not count.
 */
final class JsonMetrics implements MetricFiles {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final long MAX_BYTES = 1 << 24;

    private final Path file;
    private final Map<String, String> pointers = new TreeMap<>();
    private Object before;
    private byte[] read = new byte[0];

    /** Made before the program starts. */
    JsonMetrics(Path file) {
        this.file = file;
        this.before = stamp();
    }

    /** Reads this metric there, too. */
    void add(String metric, String pointer) {
        pointers.put(metric, pointer);
    }

    @Override
    public void look(boolean ended, EpochCollector collector) throws IOException {
        Object now = stamp();
        if (now.equals(before) || !Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        if (Arrays.equals(bytes, read)) {
            before = now;
            return;
        }
        try {
            JsonNode tree = JSON.readTree(bytes);
            pointers.forEach(
                    (metric, pointer) -> number(tree.at(pointer)).ifPresent(value -> collector.value(metric, value)));
            collector.stepEnds();
            read = bytes;
            before = now;
        } catch (JsonProcessingException halfWritten) {
            // The program is just writing it; the next look comes.
        }
    }

    @Override
    public String describe() {
        return pointers.values() + " in " + file;
    }

    private Object stamp() {
        try {
            return Files.getLastModifiedTime(file) + "/" + Files.size(file);
        } catch (IOException absent) {
            return "absent";
        }
    }

    private static OptionalDouble number(JsonNode value) {
        return value.isNumber()
                ? OptionalDouble.of(value.doubleValue())
                : OutputMetrics.number(value.isTextual() ? value.asText() : null);
    }
}
