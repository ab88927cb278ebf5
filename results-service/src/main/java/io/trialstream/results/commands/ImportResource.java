package io.trialstream.results.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.results.api.Problems;
import io.trialstream.results.commands.SuggesterGateway.Answer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Imports trials with their results: passed on to the suggester, which numbers them. */
@Path("/api/v1/studies/{study}/import")
@Tag(name = "Commands")
public class ImportResource {
    private static final String LINE =
            """
            {"trialId": "other:7", "state": "COMPLETED", "objective": 0.67, "epochs": 3, "configuration": {"lr": 0.1, \
            "optimizer": "Adam"}, "best": {"objective": 0.67}, "end": {"objective": 0.61}}
            """;
    private static final String REPORT =
            """
            {"studyId": "6f1c2a", "imported": 1, "known": 0, "skipped": 0, "lines": [
              {"place": "line 1", "status": "IMPORTED", "state": "COMPLETED", "trialId": "6f1c2a:0"}]}""";

    private final SuggesterGateway suggester;
    private final ReadYourWrites readers;
    private final ObjectMapper mapper;

    ImportResource(SuggesterGateway suggester, ReadYourWrites readers, ObjectMapper mapper) {
        this.suggester = suggester;
        this.readers = readers;
        this.mapper = mapper;
    }

    /** Imports a file. */
    @POST
    @Consumes({"application/x-ndjson", "application/zip", MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "importTrials",
            summary = "Import trials with their results",
            description =
                    "All trials of the file or none. Trials as this service exports them, one JSON object a line (application/x-ndjson); or result files of the 2017 CIFAR-100 search, one (application/json) or many (application/zip). What was imported before is recognised by its content. Trials that did not end, failed or were cancelled are left out. At most 10,000 trials and 32 MiB.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "one trial", value = LINE)),
                @Content(mediaType = "application/zip", schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(
            responseCode = "200",
            description = "What became of each trial of the file",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples = @ExampleObject(name = "one trial", value = REPORT)))
    @APIResponse(responseCode = "400", description = "The body is no such file", ref = Problems.REF)
    @APIResponse(responseCode = "404", description = "There is no such study", ref = Problems.REF)
    @APIResponse(responseCode = "413", description = "The file is too large", ref = Problems.REF)
    @APIResponse(
            responseCode = "422",
            description = "Trials do not fit the study; the problem names line and field of each",
            ref = Problems.REF)
    @APIResponse(responseCode = "429", description = "Another file is being imported", ref = Problems.REF)
    @APIResponse(responseCode = "503", description = "The suggester does not answer", ref = Problems.REF)
    public Response importTrials(
            @Parameter(description = "The study's id, or its name") @PathParam("study") String study,
            byte[] file,
            @Context HttpHeaders headers) {
        Answer answer =
                suggester.post(CommandsResource.path(study, "import"), headers.getMediaType(), file, Optional.empty());
        if (answer.status() == 200) {
            awaitLast(answer.body());
        }
        return Response.status(answer.status())
                .entity(answer.body())
                .type(answer.mediaType())
                .build();
    }

    private void awaitLast(byte[] report) {
        try {
            String last = "";
            for (JsonNode line : mapper.readTree(report).path("lines")) {
                last = line.path("trialId").asText(last);
            }
            if (!last.isEmpty()) {
                readers.awaitFinal(last);
            }
        } catch (IOException e) {
            // The suggester's answer is passed on as it is; who cannot read it need not wait either.
        }
    }
}
