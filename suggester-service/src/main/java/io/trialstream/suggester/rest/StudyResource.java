package io.trialstream.suggester.rest;

import io.smallrye.mutiny.Uni;
import io.trialstream.contracts.study.StudyReading;
import io.trialstream.rest.ApiException;
import io.trialstream.rest.TreeBodies;
import io.trialstream.rest.commands.StudyCommandsApi;
import io.trialstream.suggester.command.RetrainCommands;
import io.trialstream.suggester.command.StudyCommands;
import io.trialstream.suggester.command.StudySummary;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Carries out the commands to studies. Bodies may be YAML or JSON; a study is named by its id or its name. */
@Path(StudyCommandsApi.PATH)
@Tag(name = "studies")
public class StudyResource implements StudyCommandsApi {
    private static final String KEY = "[A-Za-z0-9:_-]{1,64}";

    private final StudyCommands studies;
    private final RetrainCommands retrains;

    /** Commands go to the suggester's loop. */
    public StudyResource(StudyCommands studies, RetrainCommands retrains) {
        this.studies = studies;
        this.retrains = retrains;
    }

    @Override
    public Uni<Response> createStudy(byte[] studyFile, String idempotencyKey, boolean dryRun) {
        Optional<String> key = Optional.ofNullable(idempotencyKey);
        if (key.isPresent() && !key.get().matches(KEY)) {
            throw new ApiException(
                    400,
                    "INVALID_IDEMPOTENCY_KEY",
                    "Invalid Idempotency-Key",
                    "Idempotency-Key must match " + KEY,
                    List.of());
        }
        StudyReading reading = StudyReading.of(TreeBodies.object(studyFile));
        if (dryRun) {
            return answer(Status.OK, studies.preview(reading));
        }
        return Uni.createFrom().completionStage(studies.create(reading, key)).map(study -> Response.created(
                        URI.create(PATH + "/" + study.studyId()))
                .entity(study)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build());
    }

    /** All studies. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "List the studies",
            description = "As the suggester knows them, in the order of their creation.")
    public Uni<List<StudySummary>> list() {
        return Uni.createFrom().completionStage(studies.list());
    }

    /** One study. */
    @GET
    @Path("/{study}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Show a study")
    public Uni<StudySummary> get(@PathParam("study") String study) {
        return Uni.createFrom().completionStage(studies.get(study));
    }

    @Override
    public Uni<Response> pauseStudy(String study) {
        return answer(Status.OK, studies.pause(study));
    }

    @Override
    public Uni<Response> resumeStudy(String study) {
        return answer(Status.OK, studies.resume(study));
    }

    @Override
    public Uni<Response> stopStudy(String study, String now) {
        if (!now.equals("true") && !now.equals("false")) {
            throw ApiException.parameter("now", "must be true or false, got '" + now + "'");
        }
        return answer(Status.OK, studies.stop(study, now.equals("true")));
    }

    @Override
    public Uni<Response> deleteStudy(String study) {
        return answer(Status.OK, studies.delete(study));
    }

    @Override
    public Uni<Response> enqueue(String study, byte[] configurations) {
        return answer(
                Status.CREATED,
                studies.enqueue(study, TreeBodies.list(configurations)).thenApply(Enqueued::new));
    }

    @Override
    public Uni<Response> retrain(String study, byte[] body) {
        RetrainRequest request = RetrainRequest.read(body);
        return answer(Status.CREATED, retrains.retrain(study, request.trial(), request.epochs()));
    }

    private static Uni<Response> answer(Status status, CompletableFuture<?> answer) {
        return Uni.createFrom().completionStage(answer).map(entity -> Response.status(status)
                .entity(entity)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build());
    }

    /**
     * The answer to enqueued configurations.
     *
     * @param trialIds the new trials, in the order of the request
     */
    public record Enqueued(List<String> trialIds) {}
}
