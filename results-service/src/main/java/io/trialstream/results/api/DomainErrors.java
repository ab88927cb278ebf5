package io.trialstream.results.api;

import io.trialstream.rest.ApiException;
import io.trialstream.rest.ProblemMappers;
import io.trialstream.results.UnavailableException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers the domain's errors with problem+json. Only here and in resources does an error get its HTTP status. */
@Singleton
class DomainErrors {
    private final ProblemMappers problems;

    DomainErrors(ProblemMappers problems) {
        this.problems = problems;
    }

    /** 503: the client may try again. */
    @ServerExceptionMapper
    public Response unavailable(UnavailableException error, UriInfo uri) {
        return problems.api(ApiException.unavailable(error.getMessage()), uri);
    }
}
