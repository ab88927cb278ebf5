package io.trialstream.suggester.imports;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Imports trials with their results. */
@Path("/api/v1/studies/{study}/import")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "studies")
public class ImportResource {
    private static final String PROBLEM = "#/components/responses/Problem";
    private static final String WHOLE = "All trials of the file or none; what was imported before is known. ";

    private final Imports imports;

    ImportResource(Imports imports) {
        this.imports = imports;
    }

    /** Trials as results exports them. */
    @POST
    @Consumes("application/x-ndjson")
    @Operation(operationId = "importLines", summary = "Import trials", description = WHOLE + "One JSON object a line.")
    @APIResponse(responseCode = "200", description = "What became of each trial of the file")
    @APIResponse(responseCode = "422", description = "Trials do not fit the study", ref = PROBLEM)
    public ImportReport lines(@PathParam("study") String study, byte[] file) {
        return imports.importFile(study, new ImportFile(file, ImportFile.Kind.LINES), new TrialLines());
    }

    /** A result file of the 2017 search. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "importSeedFile", summary = "Import a seed file", description = WHOLE + "One file.")
    @APIResponse(responseCode = "200", description = "What became of each trial of the file")
    @APIResponse(responseCode = "422", description = "Trials do not fit the study", ref = PROBLEM)
    public ImportReport seedFile(@PathParam("study") String study, byte[] file) {
        return imports.importFile(study, new ImportFile(file, ImportFile.Kind.SINGLE), new SeedFiles());
    }

    /** Many result files of the 2017 search. */
    @POST
    @Consumes("application/zip")
    @Operation(operationId = "importSeedFiles", summary = "Import seed files", description = WHOLE + "A zip archive.")
    @APIResponse(responseCode = "200", description = "What became of each trial of the file")
    @APIResponse(responseCode = "422", description = "Trials do not fit the study", ref = PROBLEM)
    public ImportReport seedFiles(@PathParam("study") String study, byte[] archive) {
        return imports.importFile(study, new ImportFile(archive, ImportFile.Kind.ZIP), new SeedFiles());
    }
}
