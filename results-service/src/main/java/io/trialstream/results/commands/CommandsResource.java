package io.trialstream.results.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.rest.ApiException;
import io.trialstream.results.api.Problems;
import io.trialstream.results.api.Study;
import io.trialstream.results.api.StudyAnswers;
import io.trialstream.results.api.StudyPreview;
import io.trialstream.results.commands.SuggesterGateway.Answer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Commands to studies. The suggester answers them; this service waits a moment so that its readers see the effect. */
@Path("/api/v1/studies")
@Tag(name = "Commands")
public class CommandsResource {
    private static final String UNAVAILABLE = "The suggester does not answer";
    private static final int NOT_FOUND = 404;
    private static final String EXAMPLE =
            """
            name: try-out
            objective: { metric: objective, direction: maximize }
            sampler: { type: hyperopt, seed: 42 }
            budget: { trials: 20 }
            concurrency: 2
            training: { workload: sleep, epochs: 3, epochDuration: PT0.2S }
            space:
              lr: { loguniform: [-0.5, 0.5] }
              optimizer: { choice: [Adam, Nadam, RMSprop] }
            """;

    private final SuggesterGateway suggester;
    private final ReadYourWrites readers;
    private final OrphanedStudies orphaned;
    private final StudyAnswers studies;
    private final ObjectMapper mapper;

    CommandsResource(
            SuggesterGateway suggester,
            ReadYourWrites readers,
            OrphanedStudies orphaned,
            StudyAnswers studies,
            ObjectMapper mapper) {
        this.suggester = suggester;
        this.orphaned = orphaned;
        this.readers = readers;
        this.studies = studies;
        this.mapper = mapper;
    }

    /** Creates a study. */
    @POST
    @Consumes({"application/yaml", "application/x-yaml", "text/yaml", MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Create a study",
            description =
                    "From a study file in YAML or JSON. With the Idempotency-Key of an earlier request the answer is that request's study. With dryRun=true the file is checked all the same, and nothing is created.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = "application/yaml",
                        schema = @Schema(type = SchemaType.OBJECT),
                        examples = @ExampleObject(name = "try-out", value = EXAMPLE)),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(
            responseCode = "201",
            description = "The study",
            headers =
                    @Header(
                            name = "Location",
                            description = "The study's URL",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Study.class)))
    @APIResponse(
            responseCode = "200",
            description = "With dryRun=true: the study file could be created",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StudyPreview.class)))
    @APIResponse(responseCode = "400", description = "The body is neither YAML nor JSON", ref = Problems.REF)
    @APIResponse(responseCode = "409", description = "There is a study of that name", ref = Problems.REF)
    @APIResponse(
            responseCode = "422",
            description = "Fields of the study file are wrong; the problem names them",
            ref = Problems.REF)
    @APIResponse(responseCode = "503", description = UNAVAILABLE, ref = Problems.REF)
    public Response createStudy(
            byte[] studyFile,
            @Parameter(description = "Chosen by the client: a request that is sent again creates nothing more")
                    @HeaderParam("Idempotency-Key")
                    String idempotencyKey,
            @Parameter(description = "Whether to check the study file and create nothing") @QueryParam("dryRun")
                    boolean dryRun,
            @Context HttpHeaders headers) {
        return passedOn(suggester.post(
                dryRun ? "studies?dryRun=true" : "studies",
                headers.getMediaType(),
                studyFile,
                Optional.ofNullable(idempotencyKey)));
    }

    /** Stops proposing for now. */
    @POST
    @Path("/{study}/pause")
    @Operation(summary = "Pause a study", description = "No new trials are proposed; what runs goes on")
    @APIResponse(
            responseCode = "200",
            description = "The study",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Study.class)))
    @APIResponse(responseCode = "404", description = "There is no such study", ref = Problems.REF)
    @APIResponse(responseCode = "409", description = "The study has ended", ref = Problems.REF)
    @APIResponse(responseCode = "503", description = UNAVAILABLE, ref = Problems.REF)
    public Response pauseStudy(@PathParam("study") String study) {
        return command(study, "pause");
    }

    /** Proposes again. */
    @POST
    @Path("/{study}/resume")
    @Operation(summary = "Resume a paused or failed study")
    @APIResponse(
            responseCode = "200",
            description = "The study",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Study.class)))
    @APIResponse(responseCode = "404", description = "There is no such study", ref = Problems.REF)
    @APIResponse(responseCode = "409", description = "The study has ended", ref = Problems.REF)
    @APIResponse(responseCode = "503", description = UNAVAILABLE, ref = Problems.REF)
    public Response resumeStudy(@PathParam("study") String study) {
        return command(study, "resume");
    }

    /** Ends a study. */
    @POST
    @Path("/{study}/stop")
    @Operation(
            summary = "Stop a study",
            description = "It ends for good; trials under way are cancelled at their next epoch's end")
    @APIResponse(
            responseCode = "200",
            description = "The study",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Study.class)))
    @APIResponse(responseCode = "404", description = "There is no such study", ref = Problems.REF)
    @APIResponse(responseCode = "409", description = "The study has ended", ref = Problems.REF)
    @APIResponse(responseCode = "503", description = UNAVAILABLE, ref = Problems.REF)
    public Response stopStudy(
            @PathParam("study") String study,
            @Parameter(description = "Whether trials under way end at once, between two batches")
                    @QueryParam("now")
                    @DefaultValue("false")
                    @Schema(enumeration = {"true", "false"})
                    String now) {
        return command(study, now.equals("false") ? "stop" : "stop?now=" + encoded(now));
    }

    /** Gives configurations to be tried first. */
    @POST
    @Path("/{study}/enqueue")
    @Consumes({"application/yaml", "application/x-yaml", "text/yaml", MediaType.APPLICATION_JSON})
    @Operation(summary = "Enqueue configurations", description = "They become the next trials; at most 1,000 at once")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = "application/yaml",
                        schema = @Schema(type = SchemaType.ARRAY, implementation = Object.class)),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.ARRAY, implementation = Object.class))
            })
    @APIResponse(
            responseCode = "201",
            description = "The new trials' ids",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples =
                                    @ExampleObject(
                                            name = "two",
                                            value = "{\"trialIds\": [\"6f1c2a:7\", \"6f1c2a:8\"]}")))
    @APIResponse(responseCode = "404", description = "There is no such study", ref = Problems.REF)
    @APIResponse(
            responseCode = "422",
            description = "Values are outside of the space; the problem names them",
            ref = Problems.REF)
    @APIResponse(responseCode = "503", description = UNAVAILABLE, ref = Problems.REF)
    public Response enqueue(@PathParam("study") String study, byte[] configurations, @Context HttpHeaders headers) {
        return passedOn(
                study,
                suggester.post(path(study, "enqueue"), headers.getMediaType(), configurations, Optional.empty()));
    }

    /** Trains a trial again. */
    @POST
    @Path("/{study}/retrain")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Train the best trial again",
            description =
                    """
                    For what it leaves: weights, histograms of weights and activations, images of the filters. Also of a study \
                    that has ended. The new trial has the earlier one's configuration and seed; it is no evidence, takes \
                    nothing of the budget and is not ranked. Without a body the best completed trial is trained as the study \
                    says""")
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples =
                                    @ExampleObject(
                                            name = "another, longer",
                                            value = "{\"trial\": 7, \"epochs\": 200}")))
    @APIResponse(
            responseCode = "201",
            description = "The new trial's id, that of the earlier one, and how many epochs it trains",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples =
                                    @ExampleObject(
                                            name = "of trial 7",
                                            value =
                                                    "{\"trialId\": \"6f1c2a:20\", \"retrainOf\": \"6f1c2a:7\", \"epochs\": 200}")))
    @APIResponse(responseCode = "404", description = "There is no such study", ref = Problems.REF)
    @APIResponse(
            responseCode = "409",
            description = "The trial was not trained to an end, or is being trained again already",
            ref = Problems.REF)
    @APIResponse(responseCode = "422", description = "Fields are wrong; the problem names them", ref = Problems.REF)
    @APIResponse(responseCode = "503", description = UNAVAILABLE, ref = Problems.REF)
    public Response retrain(@PathParam("study") String study, byte[] wishes, @Context HttpHeaders headers) {
        return wishes.length == 0
                ? command(study, "retrain")
                : passedOn(
                        study,
                        suggester.post(path(study, "retrain"), headers.getMediaType(), wishes, Optional.empty()));
    }

    /** Deletes a study. */
    @DELETE
    @Path("/{study}")
    @Operation(
            summary = "Delete a study",
            description =
                    """
                    For good: its trials, curves and outcomes. Readers do not see it from the answer on; its rows go in the \
                    background. Its name may be used again.""")
    @APIResponse(
            responseCode = "200",
            description = "The study, which is deleted",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "404", description = "There is no such study", ref = Problems.REF)
    @APIResponse(responseCode = "503", description = UNAVAILABLE, ref = Problems.REF)
    public Response deleteStudy(@PathParam("study") String study) {
        Answer answer = suggester.delete(path(study));
        return answer.status() == NOT_FOUND
                ? orphaned.find(study)
                        .map(found -> Response.ok(orphaned.delete(found)).build())
                        .orElseGet(() -> passedOn(answer))
                : passedOn(answer);
    }

    private Response command(String study, String verb) {
        return passedOn(
                study, suggester.post(path(study, verb), MediaType.APPLICATION_JSON_TYPE, null, Optional.empty()));
    }

    /** Readers see a study that only the database has, so a 404 would mislead. */
    private Response passedOn(String study, Answer answer) {
        if (answer.status() == NOT_FOUND && orphaned.find(study).isPresent()) {
            throw ApiException.conflict(
                    "STUDY_ORPHANED",
                    "the topics have lost the study: it can be read, exported and deleted, and nothing else");
        }
        return passedOn(answer);
    }

    private Response passedOn(Answer answer) {
        Optional<JsonNode> done = answer.status() / 100 == 2 ? tree(answer.body()) : Optional.empty();
        done.ifPresent(readers::await);
        Response.ResponseBuilder response = Response.status(answer.status());
        Optional<Study> study = done.flatMap(studies::of);
        if (study.isPresent()) {
            response.entity(study.get()).type(MediaType.APPLICATION_JSON_TYPE);
        } else if (answer.body().length > 0) {
            response.entity(answer.body()).type(answer.mediaType());
        }
        answer.location()
                .map(CommandsResource::pathOf)
                .ifPresent(location -> response.header(HttpHeaders.LOCATION, location));
        return response.build();
    }

    /** Replaces the suggester's address by this service's. */
    private static String pathOf(String location) {
        return location.replaceFirst("^[a-z]+://[^/]+", "");
    }

    private Optional<JsonNode> tree(byte[] body) {
        try {
            return Optional.ofNullable(mapper.readTree(body));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static String path(String study, String verb) {
        return path(study) + "/" + verb;
    }

    private static String path(String study) {
        return "studies/" + encoded(study);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
