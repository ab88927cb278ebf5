package io.trialstream.results.page;

import io.trialstream.rest.access.AccessControl;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Serves the dashboard. Its pages are one document, which says where its files are: under a path that names their
 * content, so that a browser keeps them for good and never mixes two releases.
 */
@ApplicationScoped
public class Dashboard {
    private static final List<String> PAGES = List.of("/", "/new", "/compare", "/trainers", "/studies/*", "/trials/*");
    private static final String FILES = "/dashboard/";
    private static final String ASK_AGAIN = "no-cache";
    private static final String KEEP_FOR_GOOD = "private, max-age=31536000, immutable";
    private static final int NOT_FOUND = 404;

    private final PageFiles files = PageFiles.read();
    private final String document;

    Dashboard(AccessControl access) {
        document = new String(files.find("index.html").orElseThrow(), StandardCharsets.UTF_8)
                .replace("{files}", FILES + files.hash())
                .replace("{access}", access.isOn() ? "on" : "off");
    }

    void register(@Observes Router router) {
        PAGES.forEach(path -> router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::page));
        router.route(FILES + ":hash/*")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::file);
    }

    private void page(RoutingContext context) {
        send(context, "index.html", ASK_AGAIN, document.getBytes(StandardCharsets.UTF_8));
    }

    private void file(RoutingContext context) {
        String directory = FILES + context.pathParam("hash") + "/";
        String name = context.normalizedPath().substring(directory.length());
        Optional<byte[]> content = files.hash().equals(context.pathParam("hash")) ? files.find(name) : Optional.empty();
        if (content.isPresent()) {
            send(context, name, KEEP_FOR_GOOD, content.get());
        } else {
            context.response().setStatusCode(NOT_FOUND).end();
        }
    }

    private static void send(RoutingContext context, String name, String caching, byte[] content) {
        HttpServerResponse response = context.response();
        // What Quarkus has put there keeps the server from compressing.
        response.headers().remove(HttpHeaders.CONTENT_ENCODING);
        response.putHeader(HttpHeaders.CONTENT_TYPE, PageFiles.mediaType(name))
                .putHeader(HttpHeaders.CACHE_CONTROL, caching);
        response.end(Buffer.buffer(content));
    }
}
