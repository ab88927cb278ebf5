package io.trialstream.results.live;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.trialstream.rest.ApiException;
import io.trialstream.results.api.Problems;
import io.trialstream.results.read.StudyRow;
import io.trialstream.results.read.StudyRows;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** A study's events as they happen. */
@Path("/api/v1/studies")
@Tag(name = "Live")
public class EventsResource {
    private static final int RECONNECT_MILLIS = 2_000;

    private final StudyRows studies;
    private final LiveFeeds feeds;

    EventsResource(StudyRows studies, LiveFeeds feeds) {
        this.studies = studies;
        this.feeds = feeds;
    }

    /** A study's events from now on, or from where the client was. */
    @GET
    @Path("/{study}/events")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.TEXT_PLAIN)
    @Operation(
            summary = "Follow a study",
            description =
                    """
                    Server-sent events, their data JSON: study, trial-proposed, trial-queued, trial-started, trial-epoch, \
                    trial-finished, trainer. The first one is the study as it stands. An event's id is the study's change \
                    up to which the client lacks nothing; with it as Last-Event-ID the stream goes on from there without a \
                    gap, however long ago that was: each trial that changed since is told as it stands. A trial has at \
                    most four events a second. A comment comes after 15 s of silence. Trainers' events have no id and are \
                    not told again.""")
    @APIResponse(
            responseCode = "200",
            description = "Events until the study is deleted",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", description = "The id is not one of an event", ref = Problems.REF)
    @APIResponse(responseCode = "404", description = "There is no such study", ref = Problems.REF)
    @APIResponse(responseCode = "429", description = "There are too many streams already", ref = Problems.REF)
    public Multi<OutboundSseEvent> followStudy(
            @PathParam("study") String study,
            @Parameter(description = "The id of the last event that the client has") @HeaderParam("Last-Event-ID")
                    String lastEventId,
            @Parameter(description = "The same, for clients that cannot set headers") @QueryParam("lastEventId")
                    String lastEventIdParameter,
            @Context Sse sse,
            @Context HttpServerRequest request) {
        OptionalLong after =
                lastEventId == null ? id("lastEventId", lastEventIdParameter) : id("Last-Event-ID", lastEventId);
        StudyRow row = studies.find(study).orElseThrow(() -> ApiException.notFound("study", study));
        try {
            return feeds.follow(row, after, () -> Connections.cut(request)).map(event -> sent(event, sse));
        } catch (TooManyStreamsException e) {
            throw new ApiException(429, "TOO_MANY_STREAMS", "Too many streams", e.getMessage(), List.of());
        }
    }

    private static OutboundSseEvent sent(LiveEvent event, Sse sse) {
        if (event == LiveEvent.PING) {
            return sse.newEventBuilder().comment("ping").build();
        }
        OutboundSseEvent.Builder built =
                sse.newEventBuilder().name(event.name()).data(String.class, event.data());
        event.id().ifPresent(id -> built.id(Long.toString(id)).reconnectDelay(RECONNECT_MILLIS));
        return built.build();
    }

    private static OptionalLong id(String parameter, String text) {
        if (text == null || text.isBlank()) {
            return OptionalLong.empty();
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw ApiException.parameter(parameter, "must be the id of an event, got '" + text + "'");
        }
        return OptionalLong.of(Long.parseLong(text));
    }
}
