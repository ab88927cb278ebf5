package io.trialstream.results.api;

import io.trialstream.contracts.StudyState;
import io.trialstream.contracts.TrialState;
import io.trialstream.results.read.Selection;
import io.trialstream.results.read.StudyRow;
import io.trialstream.results.read.StudyRows;
import io.trialstream.results.read.TrialFilter;
import io.trialstream.results.store.JsonText;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Studies, their trials and their leaderboards, for readers. */
@Path("/api/v1/studies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Studies")
public class StudiesResource {
    private static final String WRONG = "A parameter is wrong; the problem names it";
    private static final String NO_STUDY = "There is no such study";

    private final Lookups lookups;
    private final StudyRows studies;
    private final TrialListing trials;
    private final StudyAnswers details;
    private final Answers answers;

    StudiesResource(Lookups lookups, StudyRows studies, TrialListing trials, StudyAnswers details, Answers answers) {
        this.lookups = lookups;
        this.studies = studies;
        this.trials = trials;
        this.details = details;
        this.answers = answers;
    }

    /** All studies but the deleted ones. */
    @GET
    @Operation(
            summary = "List studies",
            description = "The newest first, with their trials counted by state and the best trial")
    @Parameter(ref = "#/components/parameters/pageSize")
    @Parameter(ref = "#/components/parameters/pageToken")
    @Parameter(
            name = "state",
            in = ParameterIn.QUERY,
            description = "Only studies in these states, separated by commas",
            schema = @Schema(type = SchemaType.STRING),
            example = "running,paused")
    @APIResponse(
            responseCode = "200",
            description = "A page of studies",
            content = @Content(schema = @Schema(implementation = StudyPage.class)))
    @APIResponse(responseCode = "400", description = WRONG, ref = Problems.REF)
    public Response listStudies(@Context UriInfo uri, @Context HttpHeaders headers) {
        QueryParameters parameters = QueryParameters.of(uri, "pageSize", "pageToken", "state");
        int size = parameters.size("pageSize");
        List<StudyRow> rows = studies.newest(
                parameters.values("state", StudyState.class),
                parameters.pageKey().map(StudiesResource::place),
                size + 1);
        String version = Integer.toHexString(rows.stream()
                .map(row -> row.studyId() + row.changeSeq())
                .toList()
                .hashCode());
        return answers.versioned(headers, version, () -> StudyPage.of(rows, size));
    }

    /** One study. */
    @GET
    @Path("/{study}")
    @Operation(summary = "Get a study", description = "With its study file")
    @APIResponse(
            responseCode = "200",
            description = "The study",
            content = @Content(schema = @Schema(implementation = Study.class)))
    @APIResponse(responseCode = "404", description = NO_STUDY, ref = Problems.REF)
    public Response getStudy(
            @Parameter(description = Lookups.STUDY_DESCRIPTION) @PathParam("study") String study,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        QueryParameters.of(uri);
        StudyRow row = lookups.study(study);
        Map<String, Object> file = JsonText.object(studies.file(row.studyId()));
        Optional<Waiting> waitingFor = details.waitingFor(row, file);
        String version = version(row)
                + waitingFor.map(waiting -> "-" + waiting.hashCode()).orElse("");
        return answers.versioned(headers, version, () -> Views.detailed(row, file, waitingFor));
    }

    /** The best trials of a study, or the worst. */
    @GET
    @Path("/{study}/leaderboard")
    @Operation(
            summary = "Get a study's leaderboard",
            description =
                    """
                    Completed trials by their objective, or trials in other states or by any metric; of equals the earlier \
                    trial leads. A trial without the metric has no place, and retrains have none. It costs the same at a million trials; \
                    but the first time that somebody asks for a metric in a large study, its trials are sorted.""")
    @Parameter(ref = "#/components/parameters/state")
    @Parameter(ref = "#/components/parameters/minObjective")
    @Parameter(ref = "#/components/parameters/maxObjective")
    @Parameter(ref = "#/components/parameters/origin")
    @Parameter(ref = "#/components/parameters/trainer")
    @Parameter(ref = "#/components/parameters/param.KEY")
    @Parameter(ref = "#/components/parameters/fields")
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "How many places at most",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
    @Parameter(
            name = "order",
            in = ParameterIn.QUERY,
            description = "Which end comes first",
            schema =
                    @Schema(
                            enumeration = {"best", "worst"},
                            defaultValue = "best"))
    @Parameter(
            name = "orderBy",
            in = ParameterIn.QUERY,
            description =
                    "The metric that ranks: objective, best.METRIC or end.METRIC; of a metric, asc or desc behind it says "
                            + "which way is better (else that of the study's objective)",
            schema = @Schema(type = SchemaType.STRING, defaultValue = "objective"),
            example = "best.fine_loss asc")
    @APIResponse(
            responseCode = "200",
            description = "Trials with their ranks",
            content = @Content(schema = @Schema(implementation = Leaderboard.class)))
    @APIResponse(responseCode = "400", description = WRONG, ref = Problems.REF)
    @APIResponse(responseCode = "404", description = NO_STUDY, ref = Problems.REF)
    public Response getLeaderboard(
            @Parameter(description = Lookups.STUDY_DESCRIPTION) @PathParam("study") String study,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        QueryParameters parameters = QueryParameters.of(uri, known("limit", "order", "orderBy", "fields"));
        int limit = parameters.size("limit");
        boolean best = parameters.oneOf("order", List.of("best", "worst")).equals("best");
        Selection selection = TrialListing.selection(parameters);
        StudyRow row = lookups.study(study);
        TrialFilter asked = trials.filter(parameters, row).ofSearchOnly();
        TrialFilter filter = asked.states().isEmpty() ? asked.in(Set.of(TrialState.COMPLETED)) : asked;
        Ranking ranking = Ranking.of(parameters, row, best, filter);
        return answers.versioned(
                headers,
                version(row),
                () -> answers.json(json -> {
                    json.writeStartObject();
                    json.writeStringField("studyId", row.studyId());
                    json.writeStringField("metric", ranking.metric());
                    json.writeStringField("direction", ranking.direction());
                    json.writeArrayFieldStart("items");
                    trials.leaders(row, filter, ranking, selection, limit, json);
                    json.writeEndArray();
                    json.writeEndObject();
                }));
    }

    /** A study's trials. */
    @GET
    @Path("/{study}/trials")
    @Operation(
            summary = "List a study's trials",
            description =
                    """
                    In the order of their numbers, or another; trials without a value to sort by come last. A page begins \
                    after the last trial of the page before, wherever that stands by now: trials that come while paging \
                    are seen, none is skipped or shown twice because of others. By number, by objective and by metrics \
                    a page costs the same at any depth (but the first time for a metric).""")
    @Parameter(ref = "#/components/parameters/pageSize")
    @Parameter(ref = "#/components/parameters/pageToken")
    @Parameter(ref = "#/components/parameters/state")
    @Parameter(ref = "#/components/parameters/minObjective")
    @Parameter(ref = "#/components/parameters/maxObjective")
    @Parameter(ref = "#/components/parameters/origin")
    @Parameter(ref = "#/components/parameters/trainer")
    @Parameter(ref = "#/components/parameters/param.KEY")
    @Parameter(ref = "#/components/parameters/fields")
    @Parameter(
            name = "orderBy",
            in = ParameterIn.QUERY,
            description =
                    "number, objective, epochs, trainingSeconds, proposedAt, startedAt, finishedAt, best.METRIC, end.METRIC "
                            + "or configuration.KEY; asc or desc behind it",
            schema = @Schema(type = SchemaType.STRING, defaultValue = "number asc"),
            example = "objective desc")
    @APIResponse(
            responseCode = "200",
            description = "A page of trials",
            content = @Content(schema = @Schema(implementation = TrialPage.class)))
    @APIResponse(responseCode = "400", description = WRONG, ref = Problems.REF)
    @APIResponse(responseCode = "404", description = NO_STUDY, ref = Problems.REF)
    public Response listTrials(
            @Parameter(description = Lookups.STUDY_DESCRIPTION) @PathParam("study") String study,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        QueryParameters parameters = QueryParameters.of(uri, known("pageSize", "pageToken", "orderBy", "fields"));
        parameters.size("pageSize");
        parameters.pageKey();
        StudyRow row = lookups.study(study);
        return answers.versioned(headers, version(row), () -> trials.page(parameters, row));
    }

    static String version(StudyRow row) {
        return row.studyId() + "-" + row.changeSeq();
    }

    private static String[] known(String... own) {
        return Stream.concat(TrialListing.FILTERS.stream(), Stream.of(own)).toArray(String[]::new);
    }

    private static StudyRows.Place place(String key) {
        String[] parts = key.split(" ", 2);
        try {
            return new StudyRows.Place(Instant.parse(parts[0]), parts[parts.length - 1]);
        } catch (DateTimeParseException e) {
            throw QueryParameters.badToken();
        }
    }
}
