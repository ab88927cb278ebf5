package io.trialstream.results.api;

import io.trialstream.artifacts.Artifact;
import io.trialstream.rest.ApiException;
import io.trialstream.results.artifacts.TrialArtifacts;
import io.trialstream.results.store.TrialEntity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What runs did, as their trainers wrote it down. */
@Path("/api/v1/trials/{trial}/runs/{run}/log")
@Tag(name = "Trials")
public class RunLogResource {
    /** The trainers' name for it. */
    private static final String NAME = "run.log";

    private final Lookups lookups;
    private final TrialArtifacts artifacts;

    RunLogResource(Lookups lookups, TrialArtifacts artifacts) {
        this.lookups = lookups;
        this.artifacts = artifacts;
    }

    /** One run's log. */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            summary = "Get the log of a run",
            description =
                    """
                    A line for each step, and the stack trace of what broke the run off. It is stored at each checkpoint \
                    and at the run's end: of a run that died it says how far its last checkpoint knew.""")
    @APIResponse(
            responseCode = "200",
            description = "The log",
            content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such trial or run, or no log of it",
            ref = Problems.REF)
    @APIResponse(responseCode = "503", description = "The artifact store does not answer", ref = Problems.REF)
    public Response getRunLog(
            @Parameter(description = Lookups.TRIAL_DESCRIPTION) @PathParam("trial") String trial,
            @PathParam("run") String run) {
        TrialEntity row = lookups.trial(trial);
        Artifact log = artifacts
                .find(row.studyId, row.number, run, NAME)
                .orElseThrow(() -> ApiException.notFound("log of run", run));
        StreamingOutput body = out -> {
            try (InputStream content = artifacts.open(log).orElseGet(InputStream::nullInputStream)) {
                content.transferTo(out);
            }
        };
        return Response.ok(body, MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }
}
