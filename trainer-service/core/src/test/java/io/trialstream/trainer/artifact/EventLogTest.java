package io.trialstream.trainer.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final Instant BEGUN = Instant.parse("2026-01-02T03:04:05.5Z");

    @Test
    void shouldBeReadByAReaderOfItsFormat() {
        EventLog log = new EventLog(BEGUN);
        Map<String, Double> first = new LinkedHashMap<>();
        first.put("fine_accuracy", 0.25);
        first.put("train_loss", 4.5);
        log.scalars(BEGUN.plusSeconds(1), 1, first);
        log.scalars(BEGUN.plusSeconds(2), 300, Map.of("fine_accuracy", -0.5));

        assertThat(EventFileReader.scalars(log.toBytes()))
                .containsExactly("1 fine_accuracy 0.25", "1 train_loss 4.5", "300 fine_accuracy -0.5");
    }

    @Test
    void shouldKeepTheTimeOfEachEvent() {
        EventLog log = new EventLog(BEGUN);
        log.scalars(BEGUN.plusSeconds(1), 1, Map.of("loss", 1.0));
        List<Object> times = new ArrayList<>();
        EventFileReader.records(log.toBytes())
                .forEach(event -> EventFileReader.fields(event, (field, value) -> {
                    if (field == 1) {
                        times.add(value);
                    }
                }));

        assertThat(times).containsExactly(1767323045.5, 1767323046.5);
    }

    @Test
    void shouldCountEveryValueOfAHistogramOnce() {
        EventLog log = new EventLog(BEGUN);
        float[] values = {-1, 0, 0.5f, 1, Float.NaN, 3};
        log.histograms(BEGUN, 7, Map.of("dense1/kernel", values));
        Map<Integer, Object> histogram = new HashMap<>();
        EventFileReader.fields(EventFileReader.records(log.toBytes()).get(1), (field, summary) -> {
            if (field == 5) {
                EventFileReader.fields(
                        (byte[]) summary,
                        (one, value) -> EventFileReader.fields((byte[]) value, (part, content) -> {
                            if (part == 5) {
                                EventFileReader.fields((byte[]) content, histogram::put);
                            } else {
                                assertThat(new String((byte[]) content, StandardCharsets.UTF_8))
                                        .isEqualTo("dense1/kernel");
                            }
                        }));
            }
        });

        assertThat(histogram).containsEntry(1, -1.0).containsEntry(2, 3.0).containsEntry(3, 5.0);
        assertThat(histogram).containsEntry(4, 3.5).containsEntry(5, 11.25);
        List<Double> limits = doubles(histogram.get(6));
        assertThat(limits).isSorted().hasSize(64).endsWith(3.0);
        assertThat(doubles(histogram.get(7)).stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isEqualTo(5);
    }

    private static List<Double> doubles(Object packed) {
        ByteBuffer in = ByteBuffer.wrap((byte[]) packed).order(ByteOrder.LITTLE_ENDIAN);
        List<Double> values = new ArrayList<>();
        while (in.hasRemaining()) {
            values.add(in.getDouble());
        }
        return values;
    }
}
