package io.trialstream.rest.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.ForbiddenException;
import io.trialstream.rest.ApiException;
import io.trialstream.rest.ProblemDetail;
import io.trialstream.rest.StatusCodes;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Refusals and faults of the HTTP layer, where no REST resource has a say, as problem+json. */
@ApplicationScoped
public class ProblemAnswers {
    private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);
    private static final int NOT_FOUND = 404;

    private final ObjectMapper mapper;

    ProblemAnswers(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::failed);
        router.errorHandler(
                NOT_FOUND,
                context -> send(
                        context,
                        StatusCodes.problem(NOT_FOUND, context.request().path())));
    }

    /** Ends the request with this error; further headers of the answer are set before. */
    public void send(RoutingContext context, ApiException error) {
        if (context.response().ended()) {
            return;
        }
        if (context.response().headWritten()) {
            context.response().reset();
            return;
        }
        context.response()
                .setStatusCode(error.status())
                .putHeader("Content-Type", ProblemDetail.MEDIA_TYPE)
                .end(json(ProblemDetail.of(error, context.request().path())));
    }

    private void failed(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof AuthenticationRedirectException) {
            // A step of a browser's sign-in, which the framework answers.
            context.next();
        } else if (failure instanceof ForbiddenException) {
            send(context, StatusCodes.problem(403, context.request().path()));
        } else if (failure instanceof AuthenticationFailedException
                || failure instanceof AuthenticationCompletionException) {
            send(context, StatusCodes.problem(401, context.request().path()));
        } else if (context.statusCode() >= 400 && context.statusCode() < 500) {
            send(
                    context,
                    StatusCodes.problem(context.statusCode(), context.request().path()));
        } else {
            UUID number = UUID.randomUUID();
            LOG.errorf(
                    failure,
                    "unexpected error id=%s path=%s",
                    number,
                    context.request().path());
            send(context, StatusCodes.internal(number));
        }
    }

    private String json(ProblemDetail problem) {
        try {
            return mapper.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem has a JSON form", e);
        }
    }
}
