package io.trialstream.suggester.rest;

import io.trialstream.rest.ApiException;
import io.trialstream.rest.ProblemMappers;
import io.trialstream.suggester.command.StudyRefusedException;
import io.trialstream.suggester.command.SuggesterUnavailableException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The suggester's own errors as problem+json. */
@Singleton
public class RefusalMappers {
    private final ProblemMappers problems;

    /** Answers have the form of all problems. */
    public RefusalMappers(ProblemMappers problems) {
        this.problems = problems;
    }

    /** A request that contradicts the state. */
    @ServerExceptionMapper
    public Response refused(StudyRefusedException error, UriInfo uri) {
        ApiException problem = error.code() == StudyRefusedException.Code.NOT_FOUND
                ? new ApiException(404, "NOT_FOUND", "Not found", error.getMessage(), java.util.List.of())
                : ApiException.conflict(error.code().name(), error.getMessage());
        return problems.api(problem, uri);
    }

    /** The suggester is away for a moment. */
    @ServerExceptionMapper
    public Response unavailable(SuggesterUnavailableException error, UriInfo uri) {
        return problems.api(ApiException.unavailable(error.getMessage()), uri);
    }
}
