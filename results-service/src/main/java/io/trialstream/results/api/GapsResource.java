package io.trialstream.results.api;

import io.trialstream.results.gaps.TopicGaps;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Data that the topics or the database have lost. */
@Path("/api/v1/gaps")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Live")
public class GapsResource {
    private final TopicGaps gaps;

    GapsResource(TopicGaps gaps) {
        this.gaps = gaps;
    }

    /**
     * Data that the topics or the database lack.
     *
     * @param items each in one sentence, for people
     */
    public record Gaps(List<String> items) {}

    /** All that is known, of the last 30 days. */
    @GET
    @Operation(
            summary = "List what is gone from the topics",
            description =
                    "Each in one sentence, for people: records that were deleted unread, topics that were made anew,"
                            + " studies that only the database has. Empty where all is well")
    @APIResponse(
            responseCode = "200",
            description = "The list",
            content = @Content(schema = @Schema(implementation = Gaps.class)))
    @APIResponse(responseCode = "400", description = "A parameter is wrong; the problem names it", ref = Problems.REF)
    public Response listGaps(@Context UriInfo uri) {
        QueryParameters.of(uri);
        return Answers.momentary(new Gaps(gaps.told()));
    }
}
