package io.trialstream.suggester.rest;

import io.trialstream.rest.ApiException;
import io.trialstream.rest.ProblemMappers;
import io.trialstream.suggester.command.StudyRefusedException;
import io.trialstream.suggester.command.SuggesterUnavailableException;
import io.trialstream.suggester.imports.ImportRefusedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
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
                ? new ApiException(404, "NOT_FOUND", "Not found", error.getMessage(), List.of())
                : ApiException.conflict(error.code().name(), error.getMessage());
        return problems.api(problem, uri);
    }

    /** A file that is not imported. */
    @ServerExceptionMapper
    public Response refused(ImportRefusedException error, UriInfo uri) {
        return problems.api(problem(error), uri);
    }

    /** The suggester is away for a moment. */
    @ServerExceptionMapper
    public Response unavailable(SuggesterUnavailableException error, UriInfo uri) {
        return problems.api(ApiException.unavailable(error.getMessage()), uri);
    }

    private static ApiException problem(ImportRefusedException error) {
        String code = error.kind().name();
        return switch (error.kind()) {
            case UNREADABLE -> ApiException.unreadable(error.getMessage());
            case TOO_LARGE -> new ApiException(413, code, "The file is too large", error.getMessage(), List.of());
            case INVALID_IMPORT -> new ApiException(
                    422, code, "The file cannot be imported", error.getMessage(), error.errors());
            case IMPORT_UNDER_WAY -> new ApiException(429, code, "Too many requests", error.getMessage(), List.of());
            case HISTORIES_INCOMPLETE -> ApiException.unavailable(error.getMessage());
        };
    }
}
