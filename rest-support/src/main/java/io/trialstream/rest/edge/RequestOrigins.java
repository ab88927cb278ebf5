package io.trialstream.rest.edge;

import io.trialstream.rest.edge.OriginGuard.RequestOrigin;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads the {@link RequestOrigin} of an HTTP request. */
final class RequestOrigins {

    private RequestOrigins() {}

    static RequestOrigin of(HttpServerRequest request) {
        return new RequestOrigin(
                isLoopback(request.localAddress()),
                request.method().name(),
                Optional.ofNullable(request.authority()).map(RequestOrigins::text),
                Optional.ofNullable(request.getHeader("Origin")));
    }

    private static String text(HostAndPort authority) {
        String host = authority.host().contains(":") && !authority.host().startsWith("[")
                ? "[" + authority.host() + "]"
                : authority.host();
        return authority.port() < 0 ? host : host + ":" + authority.port();
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
