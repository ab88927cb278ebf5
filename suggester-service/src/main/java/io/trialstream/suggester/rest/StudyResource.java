package io.trialstream.suggester.rest;

import io.smallrye.mutiny.Uni;
import io.trialstream.contracts.study.StudyReading;
import io.trialstream.rest.ApiException;
import io.trialstream.rest.TreeBodies;
import io.trialstream.suggester.command.RetrainCommands;
import io.trialstream.suggester.command.StudyCommands;
import io.trialstream.suggester.command.StudySummary;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Commands to studies. Bodies may be YAML or JSON; a study is named by its id or its name. */
@Path("/api/v1/studies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "studies")
public class StudyResource {
    private static final String PROBLEM = "#/components/responses/Problem";
    private static final String KEY = "[A-Za-z0-9:_-]{1,64}";

    private final StudyCommands studies;
    private final RetrainCommands retrains;

    /** Commands go to the suggester's loop. */
    public StudyResource(StudyCommands studies, RetrainCommands retrains) {
        this.studies = studies;
        this.retrains = retrains;
    }

    /** Creates a study from a study file. */
    @POST
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml"})
    @Operation(
            summary = "Create a study",
            description =
                    "The body is a study file in YAML or JSON. A repeated request with the same Idempotency-Key gets"
                            + " the study that the first one created. With dryRun=true it is checked all the same, and"
                            + " nothing is created.")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "application/yaml", schema = @Schema(type = SchemaType.OBJECT)),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(
            responseCode = "201",
            description = "The study",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StudySummary.class)))
    @APIResponse(responseCode = "409", description = "There is a study of that name", ref = PROBLEM)
    @APIResponse(responseCode = "422", description = "Fields of the study file are wrong", ref = PROBLEM)
    public Uni<Response> create(
            byte[] body, @HeaderParam("Idempotency-Key") String idempotencyKey, @QueryParam("dryRun") boolean dryRun) {
        Optional<String> key = Optional.ofNullable(idempotencyKey);
        if (key.isPresent() && !key.get().matches(KEY)) {
            throw new ApiException(
                    400,
                    "INVALID_IDEMPOTENCY_KEY",
                    "Invalid Idempotency-Key",
                    "Idempotency-Key must match " + KEY,
                    List.of());
        }
        StudyReading reading = StudyReading.of(TreeBodies.object(body));
        if (dryRun) {
            return Uni.createFrom().completionStage(studies.preview(reading)).map(preview -> Response.ok(preview)
                    .build());
        }
        return Uni.createFrom().completionStage(studies.create(reading, key)).map(study -> Response.created(
                        URI.create("/api/v1/studies/" + study.studyId()))
                .entity(study)
                .build());
    }

    /** All studies. */
    @GET
    @Operation(
            summary = "List the studies",
            description = "As the suggester knows them, in the order of their creation.")
    public Uni<List<StudySummary>> list() {
        return Uni.createFrom().completionStage(studies.list());
    }

    /** One study. */
    @GET
    @Path("/{study}")
    @Operation(summary = "Show a study")
    public Uni<StudySummary> get(@PathParam("study") String study) {
        return Uni.createFrom().completionStage(studies.get(study));
    }

    /** No new trials. */
    @POST
    @Path("/{study}/pause")
    @Operation(summary = "Pause a study", description = "No new trials; what is queued or running goes on.")
    @APIResponse(responseCode = "200", description = "The study")
    @APIResponse(responseCode = "409", description = "The study is in another state", ref = PROBLEM)
    public Uni<StudySummary> pause(@PathParam("study") String study) {
        return Uni.createFrom().completionStage(studies.pause(study));
    }

    /** New trials again. */
    @POST
    @Path("/{study}/resume")
    @Operation(
            summary = "Resume a paused or failed study",
            description = "One that FAILED goes on with a new sampler, and as if none of its trials had failed yet.")
    @APIResponse(responseCode = "200", description = "The study")
    @APIResponse(responseCode = "409", description = "The study is in another state", ref = PROBLEM)
    public Uni<StudySummary> resume(@PathParam("study") String study) {
        return Uni.createFrom().completionStage(studies.resume(study));
    }

    /** Ends the study. */
    @POST
    @Path("/{study}/stop")
    @Operation(
            summary = "Stop a study",
            description = "No new trials; what is queued is cancelled, and what runs at its next epoch's end, with now"
                    + " between two batches.")
    @APIResponse(responseCode = "200", description = "The study")
    @APIResponse(responseCode = "409", description = "The study is in another state", ref = PROBLEM)
    public Uni<StudySummary> stop(
            @PathParam("study") String study,
            @QueryParam("now") @DefaultValue("false") @Schema(enumeration = {"true", "false"}) String now) {
        if (!now.equals("true") && !now.equals("false")) {
            throw ApiException.parameter("now", "must be true or false, got '" + now + "'");
        }
        return Uni.createFrom().completionStage(studies.stop(study, now.equals("true")));
    }

    /** Deletes the study. */
    @DELETE
    @Path("/{study}")
    @Operation(
            summary = "Delete a study",
            description = "With everything that is stored of it, for good. Its name may be used again.")
    public Uni<StudySummary> delete(@PathParam("study") String study) {
        return Uni.createFrom().completionStage(studies.delete(study));
    }

    /** Adds trials. */
    @POST
    @Path("/{study}/enqueue")
    @Consumes({MediaType.APPLICATION_JSON, "application/yaml", "application/x-yaml", "text/yaml"})
    @Operation(
            summary = "Enqueue configurations",
            description = "The body is a list of configurations, tried before the sampler's own.")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "application/yaml", schema = @Schema(type = SchemaType.ARRAY)),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.ARRAY))
            })
    @APIResponse(
            responseCode = "201",
            description = "The new trials",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Enqueued.class)))
    @APIResponse(responseCode = "409", description = "The study has ended", ref = PROBLEM)
    @APIResponse(responseCode = "422", description = "Configurations are not of the study's space", ref = PROBLEM)
    public Uni<Response> enqueue(@PathParam("study") String study, byte[] body) {
        List<?> configurations = TreeBodies.list(body);
        return Uni.createFrom()
                .completionStage(studies.enqueue(study, configurations))
                .map(ids -> Response.status(Response.Status.CREATED)
                        .entity(new Enqueued(ids))
                        .build());
    }

    /** Trains a trial again. */
    @POST
    @Path("/{study}/retrain")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Train the best trial again",
            description =
                    "For what it leaves: weights, histograms, filter images. The body, which may be empty, has trial"
                            + " (the number of another trial than the best) and epochs. The new trial has the earlier"
                            + " one's configuration and seed; it is no evidence and takes nothing of the budget.")
    @RequestBody(
            required = false,
            content = @Content(mediaType = MediaType.WILDCARD, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "201",
            description = "The new trial",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RetrainCommands.Retrained.class)))
    @APIResponse(responseCode = "409", description = "The trial cannot be trained again", ref = PROBLEM)
    @APIResponse(responseCode = "422", description = "A field of the body is wrong", ref = PROBLEM)
    public Uni<Response> retrain(@PathParam("study") String study, byte[] body) {
        RetrainRequest request = RetrainRequest.read(body);
        return Uni.createFrom()
                .completionStage(retrains.retrain(study, request.trial(), request.epochs()))
                .map(retrained -> Response.status(Response.Status.CREATED)
                        .entity(retrained)
                        .build());
    }

    /**
     * What enqueueing made.
     *
     * @param trialIds the new trials, in the order of the request
     */
    public record Enqueued(List<String> trialIds) {}
}
