package io.trialstream.rest.commands;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/**
 * The commands to studies, with their routes, parameters, answers and documentation. The suggester carries them out;
 * results, the service that users reach, passes them on. A study is named by its id or its name.
 *
 * <p>Implementations are annotated with {@code @Path(StudyCommandsApi.PATH)}, because JAX-RS does not inherit a class's
 * annotations, and define the schemas {@code Study} and {@code StudyPreview} of their answers. Methods run on a worker
 * thread.
 */
@Blocking
public interface StudyCommandsApi {
    /** The path below which all commands are. */
    String PATH = "/api/v1/studies";

    /** The header by which a client makes a creation safe to repeat. */
    String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** How errors are answered. */
    String PROBLEM = "#/components/responses/Problem";

    /** The schema of a study in answers. */
    String STUDY = "#/components/schemas/Study";

    /** The schema of the answer to a dry run. */
    String PREVIEW = "#/components/schemas/StudyPreview";

    /** Describes a 503. */
    String UNAVAILABLE = "The suggester does not answer";

    /** A study file. */
    String EXAMPLE =
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

    /** Creates a study. */
    @POST
    @Consumes({"application/yaml", "application/x-yaml", "text/yaml", MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Create a study",
            description =
                    "From a study file in YAML or JSON. With the Idempotency-Key of an earlier request the answer is"
                            + " that request's study. With dryRun=true the file is checked all the same, and nothing is"
                            + " created.")
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
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = STUDY)))
    @APIResponse(
            responseCode = "200",
            description = "With dryRun=true: the study file could be created",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = PREVIEW)))
    @APIResponse(responseCode = "400", description = "The body is neither YAML nor JSON", ref = PROBLEM)
    @APIResponse(responseCode = "409", description = "There is a study of that name", ref = PROBLEM)
    @APIResponse(
            responseCode = "422",
            description = "Fields of the study file are wrong; the problem names them",
            ref = PROBLEM)
    @APIResponse(responseCode = "503", description = UNAVAILABLE, ref = PROBLEM)
    Uni<Response> createStudy(
            byte[] studyFile,
            @Parameter(description = "Chosen by the client: a request that is sent again creates nothing more")
                    @HeaderParam(IDEMPOTENCY_KEY)
                    String idempotencyKey,
            @Parameter(description = "Whether to check the study file and create nothing") @QueryParam("dryRun")
                    boolean dryRun);

    /** Stops proposing for now. */
    @POST
    @Path("/{study}/pause")
    @Operation(summary = "Pause a study", description = "No new trials are proposed; what runs goes on")
    @APIResponse(
            responseCode = "200",
            description = "The study",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = STUDY)))
    @APIResponse(responseCode = "404", description = "There is no such study", ref = PROBLEM)
    @APIResponse(responseCode = "409", description = "The study has ended", ref = PROBLEM)
    @APIResponse(responseCode = "503", description = UNAVAILABLE, ref = PROBLEM)
    Uni<Response> pauseStudy(@PathParam("study") String study);

    /** Proposes again. */
    @POST
    @Path("/{study}/resume")
    @Operation(summary = "Resume a paused or failed study")
    @APIResponse(
            responseCode = "200",
            description = "The study",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = STUDY)))
    @APIResponse(responseCode = "404", description = "There is no such study", ref = PROBLEM)
    @APIResponse(responseCode = "409", description = "The study has ended", ref = PROBLEM)
    @APIResponse(responseCode = "503", description = UNAVAILABLE, ref = PROBLEM)
    Uni<Response> resumeStudy(@PathParam("study") String study);

    /** Ends a study. */
    @POST
    @Path("/{study}/stop")
    @Operation(
            summary = "Stop a study",
            description = "It ends for good; trials under way are cancelled at their next epoch's end")
    @APIResponse(
            responseCode = "200",
            description = "The study",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = STUDY)))
    @APIResponse(responseCode = "404", description = "There is no such study", ref = PROBLEM)
    @APIResponse(responseCode = "409", description = "The study has ended", ref = PROBLEM)
    @APIResponse(responseCode = "503", description = UNAVAILABLE, ref = PROBLEM)
    Uni<Response> stopStudy(
            @PathParam("study") String study,
            @Parameter(description = "Whether trials under way end at once, between two batches")
                    @QueryParam("now")
                    @DefaultValue("false")
                    @Schema(enumeration = {"true", "false"})
                    String now);

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
    @APIResponse(responseCode = "404", description = "There is no such study", ref = PROBLEM)
    @APIResponse(
            responseCode = "422",
            description = "Values are outside of the space; the problem names them",
            ref = PROBLEM)
    @APIResponse(responseCode = "503", description = UNAVAILABLE, ref = PROBLEM)
    Uni<Response> enqueue(@PathParam("study") String study, byte[] configurations);

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
                                            value = "{\"trialId\": \"6f1c2a:20\", \"retrainOf\": \"6f1c2a:7\","
                                                    + " \"epochs\": 200}")))
    @APIResponse(responseCode = "404", description = "There is no such study", ref = PROBLEM)
    @APIResponse(
            responseCode = "409",
            description = "The trial was not trained to an end, or is being trained again already",
            ref = PROBLEM)
    @APIResponse(responseCode = "422", description = "Fields are wrong; the problem names them", ref = PROBLEM)
    @APIResponse(responseCode = "503", description = UNAVAILABLE, ref = PROBLEM)
    Uni<Response> retrain(@PathParam("study") String study, byte[] request);

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
    @APIResponse(responseCode = "404", description = "There is no such study", ref = PROBLEM)
    @APIResponse(responseCode = "503", description = UNAVAILABLE, ref = PROBLEM)
    Uni<Response> deleteStudy(@PathParam("study") String study);
}
