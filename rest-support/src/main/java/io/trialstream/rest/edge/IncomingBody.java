package io.trialstream.rest.edge;

import io.trialstream.rest.ApiException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A request's body on its way in. It is gathered as it comes, on the connection's event loop: a slow sender holds no
 * thread, and no place among those that are served. Used from that event loop alone.
 */
final class IncomingBody {
    private final RoutingContext context;
    private final long limit;
    private final BodyBudget budget;
    private final Consumer<Buffer> whole;
    private final Consumer<ApiException> refused;
    private final Buffer body = Buffer.buffer();
    private long timer;
    private boolean over;
    private boolean released;

    /**
     * A body of at most {@code limit} bytes.
     *
     * @param budget where its bytes count until the request is answered
     * @param whole called with the body when all of it is here
     * @param refused called instead, with the reason, as soon as it is clear that it will not be served
     */
    IncomingBody(
            RoutingContext context,
            long limit,
            BodyBudget budget,
            Consumer<Buffer> whole,
            Consumer<ApiException> refused) {
        this.context = context;
        this.limit = limit;
        this.budget = budget;
        this.whole = whole;
        this.refused = refused;
    }

    /** Begins to read; the sender has this long for the whole of it. */
    void read(Duration patience) {
        HttpServerRequest request = context.request();
        context.addEndHandler(answered -> giveBack());
        if (request.isEnded()) {
            end();
            return;
        }
        timer = context.vertx().setTimer(patience.toMillis(), late -> refuse(tooSlow(patience)));
        // Handlers set the stream going; it must not end before both are there.
        request.pause();
        request.handler(this::add);
        request.endHandler(ended -> end());
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            context.response().writeContinue();
        }
        request.resume();
    }

    private void add(Buffer part) {
        if (over) {
            return;
        }
        if (body.length() + part.length() > limit) {
            refuse(BodyLimits.tooLarge(limit));
        } else if (!budget.take(part.length())) {
            refuse(ApiException.tooMany("too many bodies are being received; try again in a second"));
        } else {
            body.appendBuffer(part);
        }
    }

    private void end() {
        if (finish()) {
            whole.accept(body);
        }
    }

    private void refuse(ApiException reason) {
        if (finish()) {
            refused.accept(reason);
        }
    }

    private boolean finish() {
        boolean first = !over;
        over = true;
        context.vertx().cancelTimer(timer);
        return first;
    }

    /** The request is answered, or its sender has gone; both may be told. */
    private void giveBack() {
        finish();
        if (!released) {
            released = true;
            budget.giveBack(body.length());
        }
    }

    private static ApiException tooSlow(Duration patience) {
        return new ApiException(
                408,
                "REQUEST_TIMEOUT",
                "The body was sent too slowly",
                "the whole body must arrive within " + patience.toMillis() + " ms",
                List.of());
    }
}
