package io.trialstream.results.api;

import io.trialstream.results.read.AnalysisRows;
import io.trialstream.results.read.AnalysisRows.Attempt;
import io.trialstream.results.read.AnalysisRows.AttemptPlace;
import io.trialstream.results.read.CurveRows;
import io.trialstream.results.read.PlotData;
import io.trialstream.results.read.PlotRows;
import io.trialstream.results.read.StudyRow;
import io.trialstream.results.read.StudyRows;
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
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a study's trials say together: the data of charts. */
@Path("/api/v1/studies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Analysis")
public class AnalysisResource {
    private static final String NO_STUDY = "There is no such study";
    private static final String WRONG = "A parameter is wrong; the problem names it";
    private static final int DEFAULT_POINTS = 5_000;
    private static final int MOST_POINTS = 50_000;
    private static final int DEFAULT_CURVES = 200;
    private static final int MOST_CURVES = 1_000;
    private static final int DEFAULT_EPOCHS = 100;
    private static final int MOST_EPOCHS = 1_000;
    private static final int FEWEST_TRIALS = 20;

    private final Lookups lookups;
    private final StudyRows studies;
    private final AnalysisRows analysis;
    private final PlotRows plots;
    private final CurveRows curves;
    private final Answers answers;

    AnalysisResource(
            Lookups lookups,
            StudyRows studies,
            AnalysisRows analysis,
            PlotRows plots,
            CurveRows curves,
            Answers answers) {
        this.lookups = lookups;
        this.studies = studies;
        this.analysis = analysis;
        this.plots = plots;
        this.curves = curves;
        this.answers = answers;
    }

    /** The best so far. */
    @GET
    @Path("/{study}/history")
    @Operation(
            summary = "Get the best objective so far",
            description = "Over the number of trials, over time and over the time spent training")
    @APIResponse(
            responseCode = "200",
            description = "The steps of the best",
            content = @Content(schema = @Schema(implementation = History.class)))
    @APIResponse(responseCode = "404", description = NO_STUDY, ref = Problems.REF)
    public Response getHistory(@PathParam("study") String study, @Context UriInfo uri, @Context HttpHeaders headers) {
        QueryParameters.of(uri);
        StudyRow row = lookups.study(study);
        return answers.versioned(headers, StudiesResource.version(row), () -> history(row));
    }

    /** Trials as a table. */
    @GET
    @Path("/{study}/plot")
    @Operation(
            summary = "Get trials as a table for charts",
            description =
                    """
                    All trials, or of more than maxPoints the best 500 completed ones and a random sample of all, which \
                    the answer then says. The sample stays the same while the study does not grow.""")
    @Parameter(ref = "#/components/parameters/maxPoints")
    @APIResponse(
            responseCode = "200",
            description = "The table",
            content = @Content(schema = @Schema(implementation = Plot.class)))
    @APIResponse(responseCode = "400", description = WRONG, ref = Problems.REF)
    @APIResponse(responseCode = "404", description = NO_STUDY, ref = Problems.REF)
    public Response getPlot(@PathParam("study") String study, @Context UriInfo uri, @Context HttpHeaders headers) {
        int maxPoints = maxPoints(uri);
        StudyRow row = lookups.study(study);
        return answers.versioned(headers, StudiesResource.version(row), () -> {
            PlotData data = plots.of(row, maxPoints);
            return new Plot(
                    row.studyId(),
                    row.objective().metric(),
                    Views.direction(row),
                    data.trials(),
                    data.rows().size(),
                    data.sampling(),
                    data.fields(),
                    data.rows());
        });
    }

    /** Trials as lines across axes. */
    @GET
    @Path("/{study}/parallel-coordinates")
    @Operation(
            summary = "Get the data of a parallel-coordinates chart",
            description = "Trials that have an objective; more than maxPoints are sampled as for the plot")
    @Parameter(ref = "#/components/parameters/maxPoints")
    @APIResponse(
            responseCode = "200",
            description = "Axes and lines",
            content = @Content(schema = @Schema(implementation = ParallelCoordinates.class)))
    @APIResponse(responseCode = "400", description = WRONG, ref = Problems.REF)
    @APIResponse(responseCode = "404", description = NO_STUDY, ref = Problems.REF)
    public Response getParallelCoordinates(
            @PathParam("study") String study, @Context UriInfo uri, @Context HttpHeaders headers) {
        int maxPoints = maxPoints(uri);
        StudyRow row = lookups.study(study);
        return answers.versioned(
                headers,
                StudiesResource.version(row),
                () -> ParallelCoordinates.of(Views.listed(row), plots.of(row, maxPoints), logarithmic(row.studyId())));
    }

    /** The learning curves of many trials. */
    @GET
    @Path("/{study}/curves")
    @Operation(
            summary = "Get one metric of many trials by epoch",
            description =
                    """
                    All trials that have epochs; of more than maxCurves half are the best completed ones and half a random \
                    sample, which the answer then says. Of more epochs than maxPoints every second, third and so on is \
                    left out, the best and the last never.""")
    @Parameter(
            name = "metric",
            in = ParameterIn.QUERY,
            description = "The metric; the objective's if not given",
            schema = @Schema(type = SchemaType.STRING),
            example = "fine_accuracy")
    @Parameter(
            name = "maxCurves",
            in = ParameterIn.QUERY,
            description = "How many trials at most",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "200"))
    @Parameter(
            name = "maxPoints",
            in = ParameterIn.QUERY,
            description = "How many epochs of a trial at most, beside its best and its last",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000", defaultValue = "100"))
    @APIResponse(
            responseCode = "200",
            description = "The curves",
            content = @Content(schema = @Schema(implementation = Curves.class)))
    @APIResponse(responseCode = "400", description = WRONG, ref = Problems.REF)
    @APIResponse(responseCode = "404", description = NO_STUDY, ref = Problems.REF)
    public Response getCurves(@PathParam("study") String study, @Context UriInfo uri, @Context HttpHeaders headers) {
        QueryParameters parameters = QueryParameters.of(uri, "metric", "maxCurves", "maxPoints");
        int maxCurves = parameters.whole("maxCurves", DEFAULT_CURVES, 1, MOST_CURVES);
        int maxPoints = parameters.whole("maxPoints", DEFAULT_EPOCHS, 1, MOST_EPOCHS);
        StudyRow row = lookups.study(study);
        String metric = parameters.text("metric").orElse(row.objective().metric());
        return answers.versioned(headers, StudiesResource.version(row), () -> {
            CurveRows.Curves found = curves.of(row, metric, maxCurves, maxPoints);
            return new Curves(
                    row.studyId(),
                    metric,
                    Views.direction(row),
                    found.trials(),
                    found.sampling(),
                    found.metrics(),
                    found.curves().stream().map(Curves.Curve::of).toList());
        });
    }

    /** How much each parameter decides. */
    @GET
    @Path("/{study}/importance")
    @Operation(
            summary = "Get the importance of the parameters",
            description =
                    """
                    By PED-ANOVA (Watanabe, Bansal and Hutter 2023): how unlike the values in the best tenth of the trials \
                    are to those in all; below 50 trials, the best five, and below 20 there is nothing to say. Of more than \
                    10,000 a random sample is asked.""")
    @APIResponse(
            responseCode = "200",
            description = "Parameters, the most important first",
            content = @Content(schema = @Schema(implementation = Importance.class)))
    @APIResponse(responseCode = "404", description = NO_STUDY, ref = Problems.REF)
    public Response getImportance(
            @PathParam("study") String study, @Context UriInfo uri, @Context HttpHeaders headers) {
        QueryParameters.of(uri);
        StudyRow row = lookups.study(study);
        return answers.versioned(headers, row.studyId() + "-" + row.evidenceCount(), () -> importance(row));
    }

    /** Who trained what, and when. */
    @GET
    @Path("/{study}/timeline")
    @Operation(summary = "Get the attempts at trials over time", description = "Those that began last first")
    @Parameter(ref = "#/components/parameters/pageSize")
    @Parameter(ref = "#/components/parameters/pageToken")
    @APIResponse(
            responseCode = "200",
            description = "A page of attempts",
            content = @Content(schema = @Schema(implementation = Timeline.class)))
    @APIResponse(responseCode = "400", description = WRONG, ref = Problems.REF)
    @APIResponse(responseCode = "404", description = NO_STUDY, ref = Problems.REF)
    public Response getTimeline(@PathParam("study") String study, @Context UriInfo uri, @Context HttpHeaders headers) {
        QueryParameters parameters = QueryParameters.of(uri, "pageSize", "pageToken");
        int size = parameters.size("pageSize");
        Optional<AttemptPlace> after = parameters.pageKey().map(AnalysisResource::place);
        StudyRow row = lookups.study(study);
        return answers.versioned(headers, StudiesResource.version(row), () -> timeline(row, after, size));
    }

    private History history(StudyRow row) {
        return new History(
                row.studyId(),
                row.objective().metric(),
                Views.direction(row),
                row.evidenceCount(),
                row.trainingMillis() / 1000.0,
                analysis.improvements(row.studyId()).stream()
                        .map(step -> new History.Step(
                                row.studyId() + ":" + step.number(),
                                step.number(),
                                step.evidenceNumber(),
                                step.objective(),
                                step.recordedAt(),
                                step.trainingMillis() / 1000.0))
                        .toList());
    }

    private Importance importance(StudyRow row) {
        int evidence = row.counts().completed() + row.counts().infeasible();
        if (evidence < FEWEST_TRIALS) {
            String reason = "it takes " + FEWEST_TRIALS + " completed or infeasible trials, there are " + evidence;
            return new Importance(
                    row.studyId(),
                    "PED-ANOVA",
                    AnalysisRows.quantile(evidence),
                    evidence,
                    false,
                    Optional.of(reason),
                    List.of());
        }
        AnalysisRows.Importances found = analysis.importances(row);
        Map<String, String> paths = studies.spec(row.studyId()).space().parameters().stream()
                .collect(Collectors.toMap(parameter -> parameter.label(), parameter -> parameter.path()));
        return new Importance(
                row.studyId(),
                "PED-ANOVA",
                AnalysisRows.quantile(found.trials()),
                found.trials(),
                found.trials() < evidence,
                Optional.empty(),
                found.parameters().stream()
                        .map(one -> new Importance.Parameter(
                                one.label(), paths.get(one.label()), one.share(), one.divergence(), one.trials()))
                        .toList());
    }

    private Timeline timeline(StudyRow row, Optional<AttemptPlace> after, int size) {
        List<Attempt> attempts = analysis.attempts(row.studyId(), after, size + 1);
        Optional<String> next = attempts.size() > size
                ? Optional.of(attempts.get(size - 1))
                        .map(last -> QueryParameters.token(last.startedAt() + " " + last.runId()))
                : Optional.empty();
        return new Timeline(
                attempts.stream().limit(size).map(AnalysisResource::bar).toList(), next);
    }

    private static Timeline.Bar bar(Attempt attempt) {
        int number =
                Integer.parseInt(attempt.trialId().substring(attempt.trialId().lastIndexOf(':') + 1));
        return new Timeline.Bar(
                attempt.runId(),
                attempt.trialId(),
                number,
                attempt.trainerId(),
                attempt.state(),
                attempt.outcome(),
                attempt.startedAt(),
                attempt.endedAt(),
                attempt.resumedEpoch(),
                attempt.lastEpoch());
    }

    /** The keys of the configuration whose parameter is drawn on a logarithmic scale. */
    private Set<String> logarithmic(String studyId) {
        return studies.spec(studyId).space().parameters().stream()
                .filter(parameter -> parameter.distribution().keyword().contains("log"))
                .map(parameter -> parameter.path().replaceFirst("^space\\.", "").replaceAll("\\.choice\\[.*", ""))
                .collect(Collectors.toSet());
    }

    private static int maxPoints(UriInfo uri) {
        return QueryParameters.of(uri, "maxPoints").whole("maxPoints", DEFAULT_POINTS, 1, MOST_POINTS);
    }

    private static AttemptPlace place(String key) {
        String[] parts = key.split(" ", 2);
        try {
            return new AttemptPlace(Instant.parse(parts[0]), parts[parts.length - 1]);
        } catch (DateTimeParseException e) {
            throw QueryParameters.badToken();
        }
    }
}
