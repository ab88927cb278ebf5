package io.trialstream.results.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.trialstream.rest.ApiException;
import io.trialstream.rest.commands.StudyCommandsApi;
import io.trialstream.results.api.Study;
import io.trialstream.results.api.StudyAnswers;
import io.trialstream.results.commands.SuggesterGateway.Answer;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Passes commands on to the suggester, and its answers back once readers see the effect. A new command is one method
 * here.
 */
@Path(StudyCommandsApi.PATH)
@Tag(name = "Commands")
public class CommandsResource implements StudyCommandsApi {
    private static final int NOT_FOUND = 404;

    private final SuggesterGateway suggester;
    private final ReadYourWrites readers;
    private final OrphanedStudies orphaned;
    private final StudyAnswers studies;
    private final ObjectMapper mapper;
    private final HttpHeaders headers;

    CommandsResource(
            SuggesterGateway suggester,
            ReadYourWrites readers,
            OrphanedStudies orphaned,
            StudyAnswers studies,
            ObjectMapper mapper,
            HttpHeaders headers) {
        this.suggester = suggester;
        this.orphaned = orphaned;
        this.readers = readers;
        this.studies = studies;
        this.mapper = mapper;
        this.headers = headers;
    }

    @Override
    public Uni<Response> createStudy(byte[] studyFile, String idempotencyKey, boolean dryRun) {
        return answer(passedOn(suggester.post(
                dryRun ? "studies?dryRun=true" : "studies",
                headers.getMediaType(),
                studyFile,
                Optional.ofNullable(idempotencyKey))));
    }

    @Override
    public Uni<Response> pauseStudy(String study) {
        return command(study, "pause");
    }

    @Override
    public Uni<Response> resumeStudy(String study) {
        return command(study, "resume");
    }

    @Override
    public Uni<Response> stopStudy(String study, String now) {
        return command(study, now.equals("false") ? "stop" : "stop?now=" + encoded(now));
    }

    @Override
    public Uni<Response> enqueue(String study, byte[] configurations) {
        return command(study, "enqueue", configurations);
    }

    @Override
    public Uni<Response> retrain(String study, byte[] request) {
        return request.length == 0 ? command(study, "retrain") : command(study, "retrain", request);
    }

    @Override
    public Uni<Response> deleteStudy(String study) {
        Answer answer = suggester.delete(path(study));
        return answer(
                answer.status() == NOT_FOUND
                        ? orphaned.find(study)
                                .map(found ->
                                        Response.ok(orphaned.delete(found)).build())
                                .orElseGet(() -> passedOn(answer))
                        : passedOn(answer));
    }

    private Uni<Response> command(String study, String verb) {
        return answer(passedOn(
                study, suggester.post(path(study, verb), MediaType.APPLICATION_JSON_TYPE, null, Optional.empty())));
    }

    private Uni<Response> command(String study, String verb, byte[] body) {
        return answer(
                passedOn(study, suggester.post(path(study, verb), headers.getMediaType(), body, Optional.empty())));
    }

    /** The methods run on worker threads, so that an answer is there when they return. */
    private static Uni<Response> answer(Response response) {
        return Uni.createFrom().item(response);
    }

    /** Readers see a study that only the database has, so a 404 would mislead. */
    private Response passedOn(String study, Answer answer) {
        if (answer.status() == NOT_FOUND && orphaned.find(study).isPresent()) {
            throw ApiException.conflict(
                    "STUDY_ORPHANED",
                    "the topics have lost the study: it can be read, exported and deleted, and nothing else");
        }
        return passedOn(answer);
    }

    private Response passedOn(Answer answer) {
        Optional<JsonNode> done = answer.status() / 100 == 2 ? tree(answer.body()) : Optional.empty();
        done.ifPresent(readers::await);
        Response.ResponseBuilder response = Response.status(answer.status());
        Optional<Study> study = done.flatMap(studies::of);
        if (study.isPresent()) {
            response.entity(study.get()).type(MediaType.APPLICATION_JSON_TYPE);
        } else if (answer.body().length > 0) {
            response.entity(answer.body()).type(answer.mediaType());
        }
        answer.location()
                .map(CommandsResource::pathOf)
                .ifPresent(location -> response.header(HttpHeaders.LOCATION, location));
        return response.build();
    }

    /** Replaces the suggester's address by this service's. */
    private static String pathOf(String location) {
        return location.replaceFirst("^[a-z]+://[^/]+", "");
    }

    private Optional<JsonNode> tree(byte[] body) {
        try {
            return Optional.ofNullable(mapper.readTree(body));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static String path(String study, String verb) {
        return path(study) + "/" + verb;
    }

    private static String path(String study) {
        return "studies/" + encoded(study);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
