package io.trialstream.results.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T12:00:00Z",
                "2026-11-23T07:05:09.1Z",
                "2026-11-23T07:05:09.012Z",
                "2026-11-23T07:05:09.012345Z",
                "2026-11-23T07:05:09.000000001Z",
                "1969-12-31T23:59:59.999999Z"
            })
    void shouldSayWhatInstantsSay(String text) {
        Instant instant = Instant.parse(text);
        assertThat(Rfc3339.of(instant.atOffset(ZoneOffset.UTC))).isEqualTo(instant.toString());
        assertThat(Rfc3339.of(OffsetDateTime.ofInstant(instant, ZoneOffset.ofHours(-9))))
                .isEqualTo(instant.toString());
    }
}
