package io.trialstream.rest;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Errors of which only the HTTP status is known. */
public final class StatusCodes {

    private StatusCodes() {}

    /** The error of this status for a request to {@code path}; its code is the status' name. */
    public static ApiException problem(int status, String path) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String name = known == null ? "HTTP " + status : known.getReasonPhrase();
        String code = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
        return new ApiException(status, code, name, detail(status, name, path), List.of());
    }

    /** A fault of ours that the log has under this number. */
    public static ApiException internal(UUID number) {
        return new ApiException(500, "INTERNAL_ERROR", "Internal error", "logged as " + number, List.of());
    }

    private static String detail(int status, String name, String path) {
        return switch (status) {
            case 401 -> "authentication is required for " + path;
            case 403 -> "this role may not access " + path;
            case 404 -> "no resource at " + path;
            case 405 -> "the method is not allowed at " + path;
            case 406 -> "none of the accepted media types is available at " + path;
            case 413 -> "the body is too large for " + path;
            case 415 -> "unsupported media type at " + path;
            default -> name;
        };
    }
}
