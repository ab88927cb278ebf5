package io.trialstream.results.api;

import io.trialstream.rest.ApiException;
import io.trialstream.results.artifacts.TrialArtifacts;
import io.trialstream.results.store.EpochEntity;
import io.trialstream.results.store.JsonText;
import io.trialstream.results.store.Lineage;
import io.trialstream.results.store.RunEntity;
import io.trialstream.results.store.TrialEntity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Single trials, for readers. */
@Path("/api/v1/trials/{trial}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Trials")
public class TrialsResource {
    private static final String NO_TRIAL = "There is no such trial";

    private final Lookups lookups;
    private final TrialArtifacts artifacts;
    private final Answers answers;

    TrialsResource(Lookups lookups, TrialArtifacts artifacts, Answers answers) {
        this.lookups = lookups;
        this.artifacts = artifacts;
        this.answers = answers;
    }

    /** One trial with all its attempts. */
    @GET
    @Operation(
            summary = "Get a trial",
            description =
                    "Its configuration, its result, every attempt with trainer, timings and network, and the files left")
    @APIResponse(
            responseCode = "200",
            description = "The trial",
            content = @Content(schema = @Schema(implementation = Trial.class)))
    @APIResponse(responseCode = "404", description = NO_TRIAL, ref = Problems.REF)
    public Response getTrial(
            @Parameter(description = Lookups.TRIAL_DESCRIPTION) @PathParam("trial") String trial,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        QueryParameters.of(uri);
        TrialEntity row = lookups.trial(trial);
        List<RunEntity> runs = RunEntity.ofTrial(row.trialId);
        int attempts = runs.stream()
                .map(run -> run.runId + run.state + run.lastEpoch + run.startedAt)
                .toList()
                .hashCode();
        Optional<Artifacts> files =
                artifacts.ifReachable(row.studyId, row.number).map(found -> Artifacts.of(row.trialId, found));
        String version = row.trialId + "-" + row.changeSeq + "-" + row.duplicateReports + "-"
                + Integer.toHexString(31 * attempts + files.hashCode());
        return answers.versioned(headers, version, () -> Views.detailed(row, runs, files));
    }

    /** A trial's learning curve. */
    @GET
    @Path("/curve")
    @Operation(
            summary = "Get a trial's learning curve",
            description =
                    "All metrics by epoch: those of the run that stands, or runs, and before its resume point those of the runs it went on from")
    @APIResponse(
            responseCode = "200",
            description = "The epochs in order",
            content = @Content(schema = @Schema(implementation = Curve.class)))
    @APIResponse(responseCode = "404", description = NO_TRIAL, ref = Problems.REF)
    public Response getCurve(
            @Parameter(description = Lookups.TRIAL_DESCRIPTION) @PathParam("trial") String trial,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        QueryParameters.of(uri);
        TrialEntity row = lookups.trial(trial);
        List<EpochEntity> epochs =
                Lineage.of(row.runId, RunEntity.ofTrial(row.trialId)).of(EpochEntity.ofTrial(row.trialId));
        String version = row.trialId + "-" + row.changeSeq + "-" + epochs.size();
        return answers.versioned(
                headers,
                version,
                () -> new Curve(row.trialId, epochs.stream().map(Views::point).toList()));
    }

    /** What a trial trains, as data. */
    @GET
    @Path("/network")
    @Operation(
            summary = "Get a trial's network",
            description = "The blueprint that its trainer built: layers with their inputs, shapes and parameters")
    @APIResponse(
            responseCode = "200",
            description = "The blueprint",
            content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(responseCode = "404", description = "There is no such trial, or no network", ref = Problems.REF)
    public Response getNetwork(
            @Parameter(description = Lookups.TRIAL_DESCRIPTION) @PathParam("trial") String trial,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        QueryParameters.of(uri);
        TrialEntity row = lookups.trial(trial);
        RunEntity run = RunEntity.ofTrial(row.trialId).stream()
                .filter(known -> known.blueprint != null)
                .reduce((first, second) -> second.runId.equals(row.runId) ? second : first)
                .orElseThrow(() -> ApiException.notFound("network of trial", trial));
        return answers.versioned(headers, row.trialId + "-" + run.runId, () -> JsonText.tree(run.blueprint));
    }
}
