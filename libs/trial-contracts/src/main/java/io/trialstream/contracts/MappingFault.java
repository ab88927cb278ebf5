package io.trialstream.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Says in terms of the message, not of Java, what Jackson found wrong: a code and the field's path. */
final class MappingFault {
    /** How Jackson words an absent or null primitive. */
    private static final String NULL_PRIMITIVE = "Cannot map `null` into type";

    private MappingFault() {}

    static MalformedMessageException of(JsonMappingException e) {
        String path = path(e);
        Throwable cause = e.getCause();
        if (cause instanceof MissingFieldException missing) {
            return missing(path, missing.field(), e);
        }
        // Nested values outside of this package check with Objects.requireNonNull, which names the field alone.
        if (cause instanceof NullPointerException absent
                && String.valueOf(absent.getMessage()).matches("\\w+")) {
            return missing(path, absent.getMessage(), e);
        }
        if (e instanceof InvalidTypeIdException unknown) {
            return unknownCase(path, unknown);
        }
        if (e.getOriginalMessage().startsWith(NULL_PRIMITIVE)) {
            return missing("", path, e);
        }
        String what = cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
        return new MalformedMessageException(
                DeadLetterCode.INVALID_FIELD, (path.isEmpty() ? "" : path + ": ") + what, e);
    }

    private static MalformedMessageException unknownCase(String path, InvalidTypeIdException e) {
        Class<?> base = e.getBaseType().getRawClass();
        String property = base.isAnnotationPresent(JsonTypeInfo.class)
                ? base.getAnnotation(JsonTypeInfo.class).property()
                : "kind";
        if (e.getTypeId() == null) {
            return missing(path, property, e);
        }
        String known = base.isAnnotationPresent(JsonSubTypes.class)
                ? Arrays.stream(base.getAnnotation(JsonSubTypes.class).value())
                        .map(JsonSubTypes.Type::name)
                        .collect(Collectors.joining(", "))
                : base.getSimpleName();
        return new MalformedMessageException(
                DeadLetterCode.INVALID_FIELD,
                join(path, property) + " must be one of " + known + ", got '" + e.getTypeId() + "'",
                e);
    }

    private static MalformedMessageException missing(String path, String field, Exception e) {
        return new MalformedMessageException(
                DeadLetterCode.MISSING_FIELD, "missing field '" + join(path, field) + "'", e);
    }

    private static String join(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        e.getPath()
                .forEach(reference -> path.append(
                        reference.getFieldName() == null
                                ? "[" + reference.getIndex() + "]"
                                : (path.length() == 0 ? "" : ".") + reference.getFieldName()));
        return path.toString();
    }
}
