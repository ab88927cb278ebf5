package io.trialstream.rest;

import io.trialstream.rest.ProblemDetail.FieldError;
import io.trialstream.space.Problem;
import java.util.List;

/** A request cannot be served; becomes a {@link ProblemDetail}. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String title;
    private final transient List<FieldError> errors;

    /** An error of this status and code; {@code detail} says what happened this time. */
    public ApiException(int status, String code, String title, String detail, List<FieldError> errors) {
        super(detail);
        this.status = status;
        this.code = code;
        this.title = title;
        this.errors = List.copyOf(errors);
    }

    /** 404: what the path names does not exist. */
    public static ApiException notFound(String kind, String id) {
        return new ApiException(404, "NOT_FOUND", "Not found", "there is no " + kind + " '" + id + "'", List.of());
    }

    /** 400: the request cannot be read at all. */
    public static ApiException unreadable(String detail) {
        return new ApiException(400, "UNREADABLE_REQUEST", "The request cannot be read", detail, List.of());
    }

    /** 400: the request cannot be read because of this field. */
    static ApiException unreadable(FieldError error) {
        return of(400, "UNREADABLE_REQUEST", "The request cannot be read", List.of(error));
    }

    /** An error at these fields, the detail made of them. */
    static ApiException of(int status, String code, String title, List<FieldError> errors) {
        String detail = errors.size() == 1
                ? errors.get(0).field() + ": " + errors.get(0).message()
                : errors.size() + " fields are wrong";
        return new ApiException(status, code, title, detail, errors);
    }

    /** 400: a parameter of the path, the query or a header is wrong. */
    public static ApiException parameter(String name, String message) {
        return of(
                400,
                "INVALID_PARAMETER",
                "A parameter is not valid",
                List.of(new FieldError(name, "INVALID_PARAMETER", message)));
    }

    /** 409: the request contradicts the present state. */
    public static ApiException conflict(String code, String detail) {
        return new ApiException(409, code, "Conflict with the current state", detail, List.of());
    }

    /** 422: the request is readable, but these fields are wrong. */
    public static ApiException invalid(String code, String title, List<Problem> problems) {
        return of(422, code, title, problems.stream().map(FieldError::of).toList());
    }

    /** 429: more than is served at once; {@code detail} says when to come back. */
    public static ApiException tooMany(String detail) {
        return new ApiException(429, "TOO_MANY_REQUESTS", "Too many requests", detail, List.of());
    }

    /** 503: something that the request needs is away for now. */
    public static ApiException unavailable(String detail) {
        return new ApiException(503, "UNAVAILABLE", "Temporarily unavailable", detail, List.of());
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The stable upper-case name of the error. */
    public String code() {
        return code;
    }

    /** What kind of error. */
    public String title() {
        return title;
    }

    /** The fields at fault. */
    public List<FieldError> errors() {
        return errors;
    }
}
