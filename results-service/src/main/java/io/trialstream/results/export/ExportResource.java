package io.trialstream.results.export;

import io.trialstream.rest.ApiException;
import io.trialstream.results.api.Lookups;
import io.trialstream.results.api.Problems;
import io.trialstream.results.api.QueryParameters;
import io.trialstream.results.read.StudyRow;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Exports of a study. */
@Path("/api/v1/studies")
@Tag(name = "Export")
public class ExportResource {
    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";
    private static final String ZIP = "application/zip";
    private static final String NO_STUDY = "There is no such study";
    private static final String BUSY = "Other exports are under way; try again after the time that the answer says";
    /** Each export holds a thread and a database connection until its client has read it. */
    private static final int AT_ONCE = 4;

    private static final int RETRY_AFTER_SECONDS = 10;

    private final Lookups lookups;
    private final TrialExport trials;
    private final SeedExport seed;
    private final Semaphore running = new Semaphore(AT_ONCE);

    ExportResource(Lookups lookups, TrialExport trials, SeedExport seed) {
        this.lookups = lookups;
        this.trials = trials;
        this.seed = seed;
    }

    /** All trials as a table. */
    @GET
    @Path("/{study}/trials.csv")
    @Produces({CSV, "application/problem+json"})
    @Operation(
            summary = "Export a study's trials as CSV",
            description =
                    "A line for each trial in the order of their numbers; a column for each field, parameter and metric")
    @Parameter(
            name = "formulas",
            in = ParameterIn.QUERY,
            description =
                    "What becomes of texts that a spreadsheet would run as formulas, since they begin with = + - @, tab or a line break: defused, with an apostrophe in front, or kept as they are",
            schema =
                    @Schema(
                            enumeration = {"defused", "kept"},
                            defaultValue = "defused"))
    @APIResponse(
            responseCode = "200",
            description = "The table",
            content = @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "404", description = NO_STUDY, ref = Problems.REF)
    @APIResponse(responseCode = "429", description = BUSY, ref = Problems.REF)
    public Response exportCsv(
            @Parameter(description = Lookups.STUDY_DESCRIPTION) @PathParam("study") String study,
            @Context UriInfo uri,
            @Context RoutingContext exchange) {
        boolean defusing = QueryParameters.of(uri, "formulas")
                .oneOf("formulas", List.of("defused", "kept"))
                .equals("defused");
        StudyRow row = lookups.study(study);
        return streamed(
                exchange,
                row,
                (one, out) -> trials.csv(one, defusing, out),
                CSV + ";charset=UTF-8",
                row.name() + ".csv");
    }

    /** All trials as JSON lines. */
    @GET
    @Path("/{study}/trials.ndjson")
    @Produces({NDJSON, "application/problem+json"})
    @Operation(
            summary = "Export a study's trials as JSON lines",
            description =
                    "A trial on each line, as lists show it, in the order of their numbers; import takes the same")
    @Parameter(
            name = "history",
            in = ParameterIn.QUERY,
            description = "Whether each trial comes with its curve",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @APIResponse(
            responseCode = "200",
            description = "The lines",
            content = @Content(mediaType = NDJSON, schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "404", description = NO_STUDY, ref = Problems.REF)
    @APIResponse(responseCode = "429", description = BUSY, ref = Problems.REF)
    public Response exportNdjson(
            @Parameter(description = Lookups.STUDY_DESCRIPTION) @PathParam("study") String study,
            @Context UriInfo uri,
            @Context RoutingContext exchange) {
        boolean history = QueryParameters.of(uri, "history")
                .oneOf("history", List.of("false", "true"))
                .equals("true");
        StudyRow row = lookups.study(study);
        return streamed(exchange, row, (one, out) -> trials.ndjson(one, history, out), NDJSON, row.name() + ".ndjson");
    }

    /** All completed trials as the seed's files. */
    @GET
    @Path("/{study}/seed.zip")
    @Produces({ZIP, "application/problem+json"})
    @Operation(
            summary = "Export a study's completed trials as the seed's result files",
            description = "An archive of files named model_ACCURACY_ID.txt.json, which sort by accuracy, the best last")
    @APIResponse(
            responseCode = "200",
            description = "The archive",
            content = @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "404", description = NO_STUDY, ref = Problems.REF)
    @APIResponse(responseCode = "409", description = "The study's trials have no such form", ref = Problems.REF)
    @APIResponse(responseCode = "429", description = BUSY, ref = Problems.REF)
    public Response exportSeedFiles(
            @Parameter(description = Lookups.STUDY_DESCRIPTION) @PathParam("study") String study,
            @Context RoutingContext exchange) {
        StudyRow row = lookups.study(study);
        if (row.best().isPresent() && !seed.isPossible(row)) {
            throw noSuchForm();
        }
        return streamed(exchange, row, seed::zip, ZIP, row.name() + "-seed.zip");
    }

    private Response streamed(
            RoutingContext exchange,
            StudyRow study,
            BiConsumer<StudyRow, OutputStream> export,
            String type,
            String file) {
        if (!running.tryAcquire()) {
            throw new ApiException(
                    429,
                    "TOO_MANY_EXPORTS",
                    "Too many exports",
                    AT_ONCE + " exports are under way; try again in " + RETRY_AFTER_SECONDS + " s",
                    List.of());
        }
        // Also when the client left or asked for the headers only.
        exchange.addEndHandler(ended -> running.release());
        StreamingOutput body = out -> export.accept(study, out);
        return Response.ok(body, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment(file))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    static ApiException noSuchForm() {
        return ApiException.conflict(
                "NO_SEED_FORM", "the seed's files are of finished trials with a fine accuracy, which this is not");
    }

    static String attachment(String file) {
        return "attachment; filename=\"" + file.replaceAll("[^A-Za-z0-9._-]", "_") + "\"";
    }
}
