package io.trialstream.rest.edge;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.trialstream.rest.ApiException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets so many requests at once change something. A request counts from when its sender is known and allowed and its
 * body is here: who sends slowly, or without a credential, takes no place of those who do not. The sign-in page, which
 * everybody reaches, has places of its own.
 */
@ApplicationScoped
class CommandGate {
    /** After authentication (200) and authorisation (100). */
    private static final int PRIORITY = 50;

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Refusals refusals;
    private final BodyLimits limits;
    private final BodyBudget budget;
    private final Duration patience;
    private final Semaphore commands;
    private final Semaphore signIns;

    CommandGate(EdgeSettings settings, Refusals refusals) {
        this.refusals = refusals;
        this.limits = new BodyLimits(settings);
        this.budget = new BodyBudget(settings.bodiesInMemory().asLongValue());
        this.patience = settings.bodyPatience();
        this.commands = new Semaphore(settings.commandsAtOnce());
        this.signIns = new Semaphore(settings.signInsAtOnce());
    }

    void register(@Observes Filters filters) {
        filters.register(this::receive, PRIORITY);
    }

    private void receive(RoutingContext context) {
        if (READING.contains(context.request().method())) {
            context.next();
            return;
        }
        // Authentication may have gone on elsewhere, and bodies come on the connection's event loop.
        ContextInternal eventLoop = (ContextInternal) ((HttpServerRequestInternal) context.request()).context();
        if (eventLoop.inThread()) {
            gather(context);
        } else {
            eventLoop.runOnContext(there -> gather(context));
        }
    }

    private void gather(RoutingContext context) {
        new IncomingBody(
                        context,
                        limits.of(context.request().path()),
                        budget,
                        body -> serve(context, body),
                        reason -> refusals.cutOff(context, reason))
                .read(patience);
    }

    private void serve(RoutingContext context, Buffer body) {
        Semaphore places = OpenPaths.contains(context.normalizedPath()) ? signIns : commands;
        if (places.tryAcquire()) {
            releaseAfter(context, places);
            ((RoutingContextInternal) context).setBody(body);
            context.next();
        } else {
            refusals.refuse(context, ApiException.tooMany("try again in a second"));
        }
    }

    /** The end of the answer and the end of the connection may both be told. */
    private static void releaseAfter(RoutingContext context, Semaphore places) {
        AtomicBoolean released = new AtomicBoolean();
        context.addEndHandler(ended -> {
            if (released.compareAndSet(false, true)) {
                places.release();
            }
        });
    }
}
