package io.trialstream.results.live;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Clients' connections. What a client does not read waits in the system's memory, which grows to megabytes a connection if
 * it is let: here it has a bound, so that a thousand clients that do not read cost little, and are soon noticed.
 */
@ApplicationScoped
public class Connections implements HttpServerOptionsCustomizer {
    private static final int SEND_BUFFER_BYTES = 128 << 10;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setSendBufferSize(SEND_BUFFER_BYTES);
    }

    /** Ends a connection at once. The usual way waits until what was written has left, which may be never. */
    static void cut(HttpServerRequest request) {
        if (request.connection() instanceof ConnectionBase connection) {
            connection.channelHandlerContext().close();
        } else {
            request.connection().close();
        }
    }
}
