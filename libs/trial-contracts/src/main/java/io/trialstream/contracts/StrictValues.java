package io.trialstream.contracts;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Values that Jackson would read from more forms than the schemas allow: a time from a number, a number from the text
 * {@code "NaN"}, bytes from a list. What one reader tolerates another refuses, so nobody tolerates it.
 */
final class StrictValues {
    /** RFC 3339. */
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

    /** ISO 8601, without years and months, whose length varies. */
    private static final Pattern DURATION =
            Pattern.compile("P(?=.)(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d{1,9})?S)?)?");

    private StrictValues() {}

    static SimpleModule module() {
        return new SimpleModule("strict-values")
                .addDeserializer(
                        Instant.class,
                        new Text<>(Instant.class, "a time such as 2026-01-31T12:00:00Z", StrictValues::time))
                .addDeserializer(
                        Duration.class,
                        new Text<>(Duration.class, "a duration such as PT12.5S", StrictValues::duration))
                .addDeserializer(byte[].class, new Text<>(byte[].class, "bytes in Base64", Base64.getDecoder()::decode))
                .addDeserializer(Double.class, new Number(Double.class))
                .addDeserializer(double.class, new Number(double.class));
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(matching(TIME, text)).toInstant();
    }

    private static Duration duration(String text) {
        return Duration.parse(matching(DURATION, text));
    }

    private static String matching(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("it does not match " + pattern);
        }
        return text;
    }

    /** How a text becomes a value; an argument or time exception refuses it. */
    private interface Reading<T> {
        T read(String text);
    }

    /** A value whose only form is a text. */
    private static final class Text<T> extends StdScalarDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final String form;
        private final transient Reading<T> reading;

        Text(Class<T> type, String form, Reading<T> reading) {
            super(type);
            this.form = form;
            this.reading = reading;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_STRING) {
                try {
                    return reading.read(parser.getText());
                } catch (IllegalArgumentException | DateTimeException e) {
                    // Refused below, like anything else that is not of this form.
                }
            }
            return context.reportInputMismatch(this, "must be %s, got %s", form, shown(parser));
        }
    }

    /** A double whose only form is a JSON number. */
    private static final class Number extends StdScalarDeserializer<Double> {
        private static final long serialVersionUID = 1L;

        Number(Class<Double> type) {
            super(type);
        }

        @Override
        public Double deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken().isNumeric()) {
                return parser.getDoubleValue();
            }
            return context.reportInputMismatch(this, "must be a number, got %s", shown(parser));
        }

        @Override
        public Double getNullValue(DeserializationContext context) throws JsonMappingException {
            return handledType().isPrimitive()
                    ? context.reportInputMismatch(this, "Cannot map `null` into type `double`")
                    : null;
        }
    }

    private static String shown(JsonParser parser) throws IOException {
        String text = parser.getText();
        return text == null
                ? parser.currentToken().name()
                : "'" + (text.length() <= 60 ? text : text.substring(0, 60) + "…") + "'";
    }
}
