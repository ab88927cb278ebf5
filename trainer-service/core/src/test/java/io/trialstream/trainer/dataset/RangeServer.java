package io.trialstream.trainer.dataset;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Serves one file over HTTP on this machine, as faithfully or as badly as a test wants. */
final class RangeServer implements AutoCloseable {

    final List<String> ranges = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final byte[] content;
    /** Bytes after which a connection breaks off. */
    private volatile int breakingAfter = Integer.MAX_VALUE;

    private volatile boolean rangesKnown = true;
    private volatile int status = 200;

    RangeServer(byte[] content) throws IOException {
        this.content = content;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    URI address() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/archive.tar.gz");
    }

    RangeServer breakingAfter(int bytes) {
        breakingAfter = bytes;
        return this;
    }

    RangeServer withoutRanges() {
        rangesKnown = false;
        return this;
    }

    RangeServer answering(int code) {
        status = code;
        return this;
    }

    private void serve(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "all" : range);
        if (status != 200) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
            return;
        }
        int from = range != null && rangesKnown ? Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1")) : 0;
        if (from >= content.length) {
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
            return;
        }
        if (from > 0) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        OutputStream body = exchange.getResponseBody();
        body.write(content, from, Math.min(content.length - from, breakingAfter));
        if (breakingAfter < content.length - from) {
            body.flush();
            throw new IOException("broken off on purpose: the server drops the connection of a handler that throws");
        }
        body.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
