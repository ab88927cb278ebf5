package io.trialstream.results.api;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Cacheable answers: each has a version ({@code ETag}) that is compared with {@code If-None-Match} before anything
 * costly is read. Browsers cache answers and revalidate them with every request.
 */
@ApplicationScoped
class Answers {
    /** Changes when the representation of the same rows changes. */
    private static final String FORM = "2";

    private static final String ASK_AGAIN = "private, no-cache";
    private static final String KEEP_NOTHING = "no-store";

    private final ObjectMapper mapper;

    Answers(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Writes JSON without holding it as objects. */
    @FunctionalInterface
    interface Writer {
        void write(JsonGenerator json) throws IOException, SQLException;
    }

    /** What the body would be, as long as its version differs from the one that the client has. */
    Response versioned(HttpHeaders headers, String version, Supplier<?> body) {
        String tag = "W/\"" + FORM + "-" + version + "\"";
        boolean known = headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::trim)
                .anyMatch(given -> given.equals("*") || strong(given).equals(strong(tag)));
        Response.ResponseBuilder response =
                known ? Response.notModified() : Response.ok(bytes(body.get())).type(MediaType.APPLICATION_JSON_TYPE);
        return response.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, ASK_AGAIN)
                .build();
    }

    /** An answer that must not be cached. */
    static Response momentary(Object body) {
        return Response.ok(body)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, KEEP_NOTHING)
                .build();
    }

    /** Complete in memory, so that the answer has a length and is sent at once. */
    private byte[] bytes(Object body) {
        return body instanceof byte[] written ? written : json(json -> mapper.writeValue(json, body));
    }

    /** JSON as bytes. */
    byte[] json(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
        try (JsonGenerator json = mapper.getFactory().createGenerator(bytes, JsonEncoding.UTF8)) {
            writer.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("a row could not be read", e);
        }
        return bytes.toByteArray();
    }

    private static String strong(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
