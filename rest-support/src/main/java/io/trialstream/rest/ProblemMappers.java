package io.trialstream.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.trialstream.contracts.study.InvalidStudyException;
import io.trialstream.rest.ProblemDetail.FieldError;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every exception that leaves a REST resource into problem+json; none shows a stack trace. */
@Singleton
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private final AllowedMethods allowed;

    /** Knows which methods there are. */
    ProblemMappers(AllowedMethods allowed) {
        this.allowed = allowed;
    }

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
        return response(unreadable(error), uri);
    }

    /** A body with a field of another type; the framework would answer these itself. */
    @ServerExceptionMapper
    public Response mismatch(MismatchedInputException error, UriInfo uri) {
        return response(unreadable(error), uri);
    }

    /** Parameters or a body that break their constraints. */
    @ServerExceptionMapper
    public Response constraints(ConstraintViolationException error, UriInfo uri) {
        return Violations.areOurs(error) ? unexpected(error, uri) : response(Violations.problem(error), uri);
    }

    /** What the framework refuses: unknown paths, methods, media types. */
    @ServerExceptionMapper
    public Response framework(WebApplicationException error, UriInfo uri, Request request) {
        if (error.getCause() instanceof JacksonException cause) {
            return body(cause, uri);
        }
        if (error instanceof NotFoundException && error.getCause() instanceof IllegalArgumentException cause) {
            return response(
                    new ApiException(
                            400, "INVALID_PARAMETER", "A parameter is not valid", cause.getMessage(), List.of()),
                    uri);
        }
        if (error instanceof NotFoundException && allowed.refuses(uri.getPath(), request.getMethod())) {
            return framework(new NotAllowedException(allowed.at(uri.getPath())), uri, request);
        }
        Response answer = error.getResponse();
        if (answer.getStatus() < 400) {
            return answer;
        }
        Response.ResponseBuilder problem =
                Response.fromResponse(response(StatusCodes.problem(answer.getStatus(), uri.getPath()), uri));
        if (answer.getStatus() == Response.Status.METHOD_NOT_ALLOWED.getStatusCode()) {
            problem.header(HttpHeaders.ALLOW, allowed.at(uri.getPath()));
        }
        if (answer.getHeaderString(HttpHeaders.RETRY_AFTER) != null) {
            problem.header(HttpHeaders.RETRY_AFTER, answer.getHeaderString(HttpHeaders.RETRY_AFTER));
        }
        return problem.build();
    }

    /** Everything else is a fault of ours: the log has it under the number that the answer shows. */
    @ServerExceptionMapper
    public Response unexpected(Throwable error, UriInfo uri) {
        UUID number = UUID.randomUUID();
        LOG.errorf(error, "unexpected error id=%s path=%s", number, uri.getPath());
        return response(StatusCodes.internal(number), uri);
    }

    private static ApiException unreadable(JacksonException error) {
        JsonLocation location = error.getLocation();
        String where =
                location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
        String what = error.getOriginalMessage() == null
                ? "it cannot be read"
                : error.getOriginalMessage().lines().findFirst().orElse("");
        String field = error instanceof JsonMappingException mapping ? path(mapping) : "";
        return field.isEmpty()
                ? ApiException.unreadable("the body is not valid" + where + ": " + what)
                : ApiException.unreadable(new FieldError(field, "INVALID_FIELD", "wrong type" + where));
    }

    private static String path(JsonMappingException error) {
        return error.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static Response response(ApiException error, UriInfo uri) {
        return Response.status(error.status())
                .type(ProblemDetail.MEDIA_TYPE)
                .entity(ProblemDetail.of(error, uri.getPath()))
                .build();
    }
}
