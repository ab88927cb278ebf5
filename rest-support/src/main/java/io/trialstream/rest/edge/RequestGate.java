package io.trialstream.rest.edge;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.trialstream.rest.ApiException;
import io.trialstream.rest.edge.Visitors.Visit;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Turns away what must not reach a resource, before anything else is done with the request. */
@ApplicationScoped
class RequestGate {
    /** Before CORS (300) and authentication (200). */
    private static final int PRIORITY = 400;
    /** Where the framework's body readers look for the limit. */
    private static final String LIMIT_KEY = "io.quarkus.max-request-size";

    private static final long PATIENCE_MILLIS = 2_000;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final ProblemAnswers problems;
    private final Visitors visitors;
    private final BodyLimits limits;
    private final Semaphore commands;

    RequestGate(EdgeSettings settings, ProblemAnswers problems) {
        this.problems = problems;
        this.visitors = new Visitors(
                settings.hosts().orElse(List.of()), settings.origins().orElse(List.of()));
        this.limits = new BodyLimits(settings);
        this.commands = new Semaphore(settings.commandsAtOnce());
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, PRIORITY);
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<ApiException> refusal = visitors.refusal(visit(request))
                .or(() -> nul(request.uri()))
                .or(() -> limits.refusal(request.path(), announced(request)));
        if (refusal.isPresent()) {
            refuse(context, refusal.get());
        } else if (READING.contains(request.method())) {
            context.next();
        } else if (commands.tryAcquire()) {
            releaseAfter(context);
            context.put(LIMIT_KEY, limits.of(request.path()));
            context.next();
        } else {
            context.response().putHeader("Retry-After", "1");
            refuse(
                    context,
                    new ApiException(
                            429, "TOO_MANY_REQUESTS", "Too many requests", "try again in a second", List.of()));
        }
    }

    private void refuse(RoutingContext context, ApiException error) {
        if (error.status() == 413) {
            context.response().putHeader("Connection", "close");
            endAfter(context);
        }
        problems.send(context, error);
    }

    /**
     * Many clients read no answer before they have sent their body: for a while it is read and thrown away, then the
     * connection ends.
     */
    private static void endAfter(RoutingContext context) {
        HttpServerRequest request = context.request();
        long limit = context.vertx()
                .setTimer(PATIENCE_MILLIS, timer -> request.connection().close());
        request.connection().closeHandler(closed -> context.vertx().cancelTimer(limit));
        request.handler(discarded -> {});
        request.resume();
    }

    /** The end of the answer and the end of the connection may both be told. */
    private void releaseAfter(RoutingContext context) {
        AtomicBoolean released = new AtomicBoolean();
        context.addEndHandler(ended -> {
            if (released.compareAndSet(false, true)) {
                commands.release();
            }
        });
    }

    /** No name has a NUL in it, and no database stores one. */
    private static Optional<ApiException> nul(String uri) {
        return uri.contains("%00") || uri.indexOf('\0') >= 0
                ? Optional.of(ApiException.unreadable("the address must not contain the character NUL"))
                : Optional.empty();
    }

    private static Visit visit(HttpServerRequest request) {
        return new Visit(
                isLoopback(request.localAddress()),
                request.method().name(),
                Optional.ofNullable(request.authority()).map(RequestGate::text),
                Optional.ofNullable(request.getHeader("Origin")));
    }

    private static String text(HostAndPort authority) {
        String host = authority.host().contains(":") && !authority.host().startsWith("[")
                ? "[" + authority.host() + "]"
                : authority.host();
        return authority.port() < 0 ? host : host + ":" + authority.port();
    }

    private static OptionalLong announced(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(length));
        } catch (NumberFormatException e) {
            return OptionalLong.of(Long.MAX_VALUE);
        }
    }

    private static boolean isLoopback(SocketAddress address) {
        try {
            return address != null
                    && address.hostAddress() != null
                    && InetAddress.getByName(address.hostAddress()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
