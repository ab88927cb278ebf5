package io.trialstream.results.commands;

import io.trialstream.rest.access.CallerCredential;
import io.trialstream.rest.commands.StudyCommandsApi;
import io.trialstream.results.ResultsSettings;
import io.trialstream.results.UnavailableException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** A client of the suggester's REST interface. It passes bodies on unread, both ways. */
@ApplicationScoped
public class SuggesterGateway {
    private static final Logger LOG = Logger.getLogger(SuggesterGateway.class);
    private static final String PROBLEM = "application/problem+json";

    private final ResultsSettings settings;
    private final CallerCredential credential;
    private final Client client;

    SuggesterGateway(ResultsSettings settings, CallerCredential credential) {
        this.settings = settings;
        this.credential = credential;
        this.client = ClientBuilder.newBuilder()
                .connectTimeout(5, TimeUnit.SECONDS)
                .readTimeout(settings.suggesterTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .build();
    }

    /**
     * The suggester's answer.
     *
     * @param status the HTTP status
     * @param mediaType the body's
     * @param body may be empty
     * @param location the header of that name
     */
    public record Answer(int status, String mediaType, byte[] body, Optional<String> location) {}

    /**
     * Sends a command.
     *
     * @param path below {@code /api/v1/}, its segments encoded; with its query
     * @throws UnavailableException if the suggester cannot be reached or does not answer in time
     */
    public Answer post(String path, MediaType type, byte[] body, Optional<String> idempotencyKey) {
        Invocation.Builder request = request(path);
        idempotencyKey.ifPresent(key -> request.header(StudyCommandsApi.IDEMPOTENCY_KEY, key));
        return answer(path, request.buildPost(entity(type, body)));
    }

    /**
     * Sends a deletion.
     *
     * @param path below {@code /api/v1/}, its segments encoded
     * @throws UnavailableException if the suggester cannot be reached or does not answer in time
     */
    public Answer delete(String path) {
        return answer(path, request(path).buildDelete());
    }

    private static Entity<byte[]> entity(MediaType type, byte[] body) {
        return Entity.entity(body == null ? new byte[0] : body, known(type));
    }

    private Invocation.Builder request(String path) {
        String origin = settings.suggesterUrl().toString().replaceFirst("/+$", "");
        Invocation.Builder request =
                client.target(origin + "/api/v1/" + path).request(MediaType.APPLICATION_JSON, PROBLEM);
        credential.headers().forEach(request::header);
        return request;
    }

    private Answer answer(String path, Invocation request) {
        try (Response response = request.invoke()) {
            MediaType answered = response.getMediaType();
            return new Answer(
                    response.getStatus(),
                    answered == null ? MediaType.APPLICATION_JSON : answered.toString(),
                    response.hasEntity() ? response.readEntity(byte[].class) : new byte[0],
                    Optional.ofNullable(response.getHeaderString(HttpHeaders.LOCATION)));
        } catch (ProcessingException e) {
            LOG.warnf("the suggester does not answer path=%s reason=%s", path, e.getMessage());
            throw new UnavailableException(
                    "the suggester does not answer; it is safe to try again with the same Idempotency-Key", e);
        }
    }

    /** A body without a media type is passed on as bytes, and the suggester refuses it. */
    private static MediaType known(MediaType type) {
        return type == null ? MediaType.APPLICATION_OCTET_STREAM_TYPE : type;
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
