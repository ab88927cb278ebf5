package io.trialstream.results.api;

import io.trialstream.rest.ApiException;
import io.trialstream.results.deadletters.DeadLetterReader;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The dead letters. */
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Live")
public class DeadLettersResource {
    private final DeadLetterReader reader;

    DeadLettersResource(DeadLetterReader reader) {
        this.reader = reader;
    }

    /**
     * Part of the list of dead letters.
     *
     * @param items this page's letters
     * @param nextPageToken asks for earlier ones; absent on the last page
     */
    public record DeadLetterPage(List<DeadLetterView> items, Optional<String> nextPageToken) {}

    /** All dead letters that the topic still holds. */
    @GET
    @Operation(
            summary = "List dead letters",
            description = "The newest first, as long as their topic keeps them (30 days)")
    @Parameter(ref = "#/components/parameters/pageSize")
    @Parameter(ref = "#/components/parameters/pageToken")
    @APIResponse(
            responseCode = "200",
            description = "A page of dead letters",
            content = @Content(schema = @Schema(implementation = DeadLetterPage.class)))
    @APIResponse(responseCode = "400", description = "A parameter is wrong; the problem names it", ref = Problems.REF)
    @APIResponse(responseCode = "503", description = "The broker does not answer", ref = Problems.REF)
    public Response listDeadLetters(@Context UriInfo uri) {
        QueryParameters parameters = QueryParameters.of(uri, "pageSize", "pageToken");
        Optional<Long> before = parameters.pageKey().map(DeadLettersResource::offset);
        DeadLetterReader.Letters page = reader.before(before, parameters.size("pageSize"));
        return Answers.momentary(new DeadLetterPage(
                page.letters().stream().map(DeadLetterView::listed).toList(),
                page.next().map(next -> QueryParameters.token(Long.toString(next)))));
    }

    /** One dead letter with its payload. */
    @GET
    @Path("/{id}")
    @Operation(summary = "Get a dead letter", description = "With its payload, of which at most 256 KiB were kept")
    @APIResponse(
            responseCode = "200",
            description = "The dead letter",
            content = @Content(schema = @Schema(implementation = DeadLetterView.class)))
    @APIResponse(responseCode = "404", description = "There is none of this id, or no more", ref = Problems.REF)
    @APIResponse(responseCode = "503", description = "The broker does not answer", ref = Problems.REF)
    public Response getDeadLetter(@PathParam("id") String id, @Context UriInfo uri) {
        QueryParameters.of(uri);
        return Optional.of(id)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .flatMap(text -> reader.at(Long.parseLong(text)))
                .map(letter -> Answers.momentary(DeadLetterView.detailed(letter)))
                .orElseThrow(() -> ApiException.notFound("dead letter", id));
    }

    private static long offset(String key) {
        try {
            long offset = Long.parseLong(key);
            if (offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a negative number.
        }
        throw QueryParameters.badToken();
    }
}
