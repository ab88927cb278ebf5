package io.trialstream.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An error answer, {@code application/problem+json} after RFC 9457.
 *
 * @param status the HTTP status
 * @param title what kind of error
 * @param detail this occurrence, or empty text
 * @param errors the fields at fault, if fields are
 */
public record Problem(int status, String title, String detail, List<FieldError> errors) {

    /** Copies the errors. */
    public Problem {
        errors = List.copyOf(errors);
    }

    /**
     * One field at fault.
     *
     * @param field its path, {@code space.lr.uniform}
     * @param code what kind of fault
     * @param message what is wrong with it
     */
    public record FieldError(String field, String code, String message) {}

    /** Reads an error's body; whatever it does not say stays empty. */
    public static Problem from(int status, JsonNode body) {
        List<FieldError> errors = new ArrayList<>();
        body.path("errors")
                .forEach(error -> errors.add(new FieldError(
                        error.path("field").asText(),
                        error.path("code").asText(),
                        error.path("message").asText())));
        return new Problem(
                status,
                body.path("title").asText("HTTP " + status),
                body.path("detail").asText(),
                errors);
    }

    /** An error whose body is no problem+json. */
    public static Problem withoutBody(int status) {
        return new Problem(status, "HTTP " + status, "", List.of());
    }
}
