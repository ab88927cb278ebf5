package io.trialstream.rest;

import com.fasterxml.jackson.core.JacksonException;
import io.trialstream.contracts.study.InvalidStudyException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every exception that leaves a REST resource into problem+json; none shows a stack trace. */
@Singleton
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    /** An error that a resource raised on purpose. */
    @ServerExceptionMapper
    public Response api(ApiException error, UriInfo uri) {
        return response(error, uri);
    }

    /** A study file or a configuration with wrong fields. */
    @ServerExceptionMapper
    public Response study(InvalidStudyException error, UriInfo uri) {
        return response(ApiException.invalid("INVALID_STUDY", "The study file is not valid", error.problems()), uri);
    }

    /** A body that is not what its media type says. */
    @ServerExceptionMapper
    public Response body(JacksonException error, UriInfo uri) {
        return response(ApiException.unreadable(error.getOriginalMessage()), uri);
    }

    /** What the framework refuses: unknown paths, methods, media types. */
    @ServerExceptionMapper
    public Response framework(WebApplicationException error, UriInfo uri) {
        if (error.getCause() instanceof JacksonException cause) {
            return body(cause, uri);
        }
        Response.StatusType status = error.getResponse().getStatusInfo();
        if (status.getStatusCode() < 400) {
            return error.getResponse();
        }
        String code = status.getReasonPhrase().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
        return response(new ApiException(status.getStatusCode(), code, status.getReasonPhrase(), status.getReasonPhrase(), List.of()), uri);
    }

    /** Everything else is a fault of ours: the log has it under the number that the answer shows. */
    @ServerExceptionMapper
    public Response unexpected(Throwable error, UriInfo uri) {
        UUID number = UUID.randomUUID();
        LOG.errorf(error, "unexpected error id=%s path=%s", number, uri.getPath());
        return response(new ApiException(500, "INTERNAL_ERROR", "Internal error", "the log has it as " + number, List.of()), uri);
    }

    private static Response response(ApiException error, UriInfo uri) {
        return Response.status(error.status())
                .type(ProblemDetail.MEDIA_TYPE)
                .entity(ProblemDetail.of(error, uri.getPath()))
                .build();
    }
}
