package io.trialstream.results.export;

import io.trialstream.results.api.Lookups;
import io.trialstream.results.api.Problems;
import io.trialstream.results.store.TrialEntity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Single trials as the seed's files. */
@Path("/api/v1/trials/{trial}/seed.json")
@Tag(name = "Export")
public class SeedFileResource {
    private final Lookups lookups;
    private final SeedExport seed;

    SeedFileResource(Lookups lookups, SeedExport seed) {
        this.lookups = lookups;
        this.seed = seed;
    }

    /** A trial as the seed's file. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, "application/problem+json"})
    @Operation(
            summary = "Export a finished trial as the seed's result file",
            description = "Its name is in Content-Disposition: model_ACCURACY_ID.txt.json")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(schema = @Schema(implementation = SeedFile.class)))
    @APIResponse(responseCode = "404", description = "There is no such trial", ref = Problems.REF)
    @APIResponse(responseCode = "409", description = "The trial has no such form, or not yet", ref = Problems.REF)
    public Response exportSeedFile(
            @Parameter(description = Lookups.TRIAL_DESCRIPTION) @PathParam("trial") String trial) {
        SeedFile file = Optional.of(lookups.trial(trial))
                .filter(TrialEntity::isFinal)
                .flatMap(seed::file)
                .orElseThrow(ExportResource::noSuchForm);
        return Response.ok(file, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CONTENT_DISPOSITION, ExportResource.attachment(file.fileName()))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }
}
