package io.trialstream.rest;

import io.trialstream.space.Problem;
import java.util.List;

/**
 * An error as RFC 9457 has it, {@code application/problem+json}.
 *
 * @param type {@code urn:trialstream:error:CODE}, the code that logs and events use too
 * @param title what kind of error, the same for every occurrence
 * @param status the HTTP status
 * @param detail this occurrence, for people
 * @param instance the request's path
 * @param errors the fields at fault, empty where none is
 */
public record ProblemDetail(
        String type, String title, int status, String detail, String instance, List<FieldError> errors) {

    /** The media type of an error. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:trialstream:error:";

    /** Copies the errors. */
    public ProblemDetail {
        errors = List.copyOf(errors);
    }

    /**
     * A field at fault.
     *
     * @param field its path in the request, such as {@code space.lr.uniform}
     * @param code what kind of fault
     * @param message what is wrong, for people
     */
    public record FieldError(String field, String code, String message) {

        /** A problem of a study file or a configuration. */
        public static FieldError of(Problem problem) {
            return new FieldError(problem.path(), problem.code(), problem.message());
        }
    }

    /** The form of this error for a request to {@code path}. */
    public static ProblemDetail of(ApiException error, String path) {
        return new ProblemDetail(
                TYPE_PREFIX + error.code(), error.title(), error.status(), error.getMessage(), path, error.errors());
    }
}
