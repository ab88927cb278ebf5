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
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The files that runs leave. */
@Path("/api/v1/trials/{trial}/artifacts")
@Tag(name = "Trials")
public class ArtifactsResource {
    /** Trainers write these files: a browser may show a picture, but must never run anything in a file. */
    private static final String NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private final Lookups lookups;
    private final TrialArtifacts artifacts;

    ArtifactsResource(Lookups lookups, TrialArtifacts artifacts) {
        this.lookups = lookups;
        this.artifacts = artifacts;
    }

    /** All files of a trial. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "List a trial's files", description = "What its runs left: pictures, logs, weights")
    @APIResponse(
            responseCode = "200",
            description = "The files",
            content = @Content(schema = @Schema(implementation = Artifacts.class)))
    @APIResponse(responseCode = "404", description = "There is no such trial", ref = Problems.REF)
    @APIResponse(responseCode = "503", description = "The artifact store does not answer", ref = Problems.REF)
    public Response listArtifacts(
            @Parameter(description = Lookups.TRIAL_DESCRIPTION) @PathParam("trial") String trial) {
        TrialEntity row = lookups.trial(trial);
        return Response.ok(Artifacts.of(row.trialId, artifacts.of(row.studyId, row.number)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** One file. */
    @GET
    @Path("/{run}/{name}")
    @Produces(MediaType.WILDCARD)
    @Operation(summary = "Get a trial's file", description = "As the run left it")
    @APIResponse(
            responseCode = "200",
            description = "The content",
            content =
                    @Content(
                            mediaType = MediaType.WILDCARD,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "404", description = "There is no such trial or file", ref = Problems.REF)
    @APIResponse(responseCode = "503", description = "The artifact store does not answer", ref = Problems.REF)
    public Response getArtifact(
            @Parameter(description = Lookups.TRIAL_DESCRIPTION) @PathParam("trial") String trial,
            @PathParam("run") String run,
            @PathParam("name") String name) {
        TrialEntity row = lookups.trial(trial);
        Artifact artifact = artifacts
                .find(row.studyId, row.number, run, name)
                .orElseThrow(() -> ApiException.notFound("artifact", name));
        StreamingOutput body = out -> {
            try (InputStream content = artifacts.open(artifact).orElseGet(InputStream::nullInputStream)) {
                content.transferTo(out);
            }
        };
        return Response.ok(body, artifact.mediaType())
                .header("Content-Security-Policy", NOTHING_RUNS)
                .header("X-Content-Type-Options", "nosniff")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }
}
