package io.trialstream.rest.edge;

import io.trialstream.rest.ApiException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers to requests that reach no resource, with what becomes of the rest of them. */
@ApplicationScoped
class Refusals {
    private static final long DRAIN_MILLIS = 2_000;

    private final ProblemAnswers problems;

    Refusals(ProblemAnswers problems) {
        this.problems = problems;
    }

    /** Answers; the connection goes on with the next request. */
    void refuse(RoutingContext context, ApiException error) {
        if (error.status() == 429) {
            context.response().putHeader("Retry-After", "1");
        }
        problems.send(context, error);
    }

    /**
     * Answers in the middle of a body. Many clients read no answer before they have sent all of it: for a while the rest
     * is read and thrown away, then the connection ends.
     */
    void cutOff(RoutingContext context, ApiException error) {
        HttpServerRequest request = context.request();
        context.response().putHeader("Connection", "close");
        long limit = context.vertx()
                .setTimer(DRAIN_MILLIS, timer -> request.connection().close());
        request.connection().closeHandler(closed -> context.vertx().cancelTimer(limit));
        if (!request.isEnded()) {
            request.handler(discarded -> {});
            request.resume();
        }
        refuse(context, error);
    }

    /**
     * Answers a request whose framing is broken, such as a bad chunk size. The server ends the connection as soon as it
     * has told of that, and would drop what is not on its way by then.
     */
    void unreadable(RoutingContext context) {
        if (!context.response().ended() && !context.response().closed()) {
            context.response().putHeader("Connection", "close");
            problems.send(context, ApiException.unreadable("malformed HTTP framing"));
            ((ConnectionBase) context.request().connection()).channel().flush();
        }
    }
}
