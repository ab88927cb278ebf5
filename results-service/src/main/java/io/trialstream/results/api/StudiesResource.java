package io.trialstream.results.api;

import io.trialstream.results.store.StudyEntity;
import io.trialstream.results.store.TrialEntity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Studies, their trials and their leaderboards, for readers. */
@Path("/api/v1/studies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Studies")
public class StudiesResource {
    private static final String SIZE_DESCRIPTION = "How many elements at most, 1 to 1,000";

    /** All studies but the deleted ones. */
    @GET
    @Operation(
            summary = "List studies",
            description = "The newest first, with their trials counted by state and the best trial")
    @APIResponse(responseCode = "200", description = "A page of studies")
    @APIResponse(responseCode = "400", description = "A parameter is wrong; the problem names it", ref = Problems.REF)
    public Page<Study> listStudies(
            @Parameter(
                            description = SIZE_DESCRIPTION,
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "100"))
                    @QueryParam("pageSize")
                    String pageSize,
            @Parameter(description = "The nextPageToken of the page before") @QueryParam("pageToken")
                    String pageToken) {
        int size = QueryParameters.size("pageSize", pageSize);
        List<StudyEntity> rows = pageToken == null ? StudyEntity.newest(size + 1) : olderStudies(pageToken, size + 1);
        return Page.of(rows, size, Views::listed, last -> last.createdAt + " " + last.studyId);
    }

    /** One study. */
    @GET
    @Path("/{study}")
    @Operation(summary = "Get a study", description = "With its study file")
    @APIResponse(responseCode = "200", description = "The study")
    @APIResponse(responseCode = "404", description = "There is no such study", ref = Problems.REF)
    public Study getStudy(@Parameter(description = Lookups.STUDY_DESCRIPTION) @PathParam("study") String study) {
        return Views.detailed(Lookups.study(study));
    }

    /** The best trials of a study, or the worst. */
    @GET
    @Path("/{study}/leaderboard")
    @Operation(
            summary = "Get a study's leaderboard",
            description = "Completed trials by their objective; of equals the earlier trial leads")
    @APIResponse(responseCode = "200", description = "Trials with their ranks")
    @APIResponse(responseCode = "400", description = "A parameter is wrong; the problem names it", ref = Problems.REF)
    @APIResponse(responseCode = "404", description = "There is no such study", ref = Problems.REF)
    public Leaderboard getLeaderboard(
            @Parameter(description = Lookups.STUDY_DESCRIPTION) @PathParam("study") String study,
            @Parameter(
                            description = SIZE_DESCRIPTION,
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "100"))
                    @QueryParam("limit")
                    String limit,
            @Parameter(
                            description = "Which end comes first",
                            schema =
                                    @Schema(
                                            enumeration = {"best", "worst"},
                                            defaultValue = "best"))
                    @QueryParam("order")
                    String order) {
        int size = QueryParameters.size("limit", limit);
        boolean best =
                QueryParameters.oneOf("order", order, List.of("best", "worst")).equals("best");
        StudyEntity row = Lookups.study(study);
        List<TrialEntity> trials = TrialEntity.leaderboard(row.studyId, best, size);
        List<Leaderboard.Item> items = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            int rank = best ? i + 1 : row.trials.completed - i;
            items.add(new Leaderboard.Item(rank, Views.listed(trials.get(i))));
        }
        return new Leaderboard(row.studyId, row.objectiveMetric, Views.direction(row), items);
    }

    /** A study's trials in the order of their numbers. */
    @GET
    @Path("/{study}/trials")
    @Operation(
            summary = "List a study's trials",
            description = "In the order of their numbers; trials that come while paging are seen")
    @APIResponse(responseCode = "200", description = "A page of trials")
    @APIResponse(responseCode = "400", description = "A parameter is wrong; the problem names it", ref = Problems.REF)
    @APIResponse(responseCode = "404", description = "There is no such study", ref = Problems.REF)
    public Page<Trial> listTrials(
            @Parameter(description = Lookups.STUDY_DESCRIPTION) @PathParam("study") String study,
            @Parameter(
                            description = SIZE_DESCRIPTION,
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "100"))
                    @QueryParam("pageSize")
                    String pageSize,
            @Parameter(description = "The nextPageToken of the page before") @QueryParam("pageToken")
                    String pageToken) {
        int size = QueryParameters.size("pageSize", pageSize);
        int after = number(QueryParameters.key(pageToken, "-1"));
        List<TrialEntity> rows = TrialEntity.after(Lookups.study(study).studyId, after, size + 1);
        return Page.of(rows, size, Views::listed, last -> Integer.toString(last.number));
    }

    private static List<StudyEntity> olderStudies(String token, int size) {
        String[] key = QueryParameters.key(token, "").split(" ", 2);
        try {
            return StudyEntity.olderThan(Instant.parse(key[0]), key[key.length - 1], size);
        } catch (DateTimeParseException e) {
            throw QueryParameters.badToken();
        }
    }

    private static int number(String key) {
        try {
            return Integer.parseInt(key);
        } catch (NumberFormatException e) {
            throw QueryParameters.badToken();
        }
    }
}
