package io.trialstream.rest.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.trialstream.rest.StatusCodes;
import io.trialstream.rest.access.ApiKeys.Holder;
import io.trialstream.rest.edge.ProblemAnswers;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Knows people and programs by an API key in the header {@code X-API-Key}, and browsers by the cookie of the sign-in
 * page. Answers those without a credential: pages are sent to where one signs in, programs get a problem.
 */
@ApplicationScoped
class ApiKeyMechanism implements HttpAuthenticationMechanism {
    static final String HEADER = "X-API-Key";
    static final String COOKIE = "trialstream-session";

    /** Before OpenID Connect, which would send programs to a page. */
    private static final int PRIORITY = 3000;

    private final AccessControl access;
    private final ProblemAnswers problems;

    ApiKeyMechanism(AccessControl access, ProblemAnswers problems) {
        this.access = access;
        this.problems = problems;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager manager) {
        if (!access.isOn()) {
            return Uni.createFrom().nullItem();
        }
        String key = context.request().getHeader(HEADER);
        if (key != null) {
            return access.holderOf(key)
                    .map(holder -> Uni.createFrom().item(identity(holder)))
                    .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException("unknown API key")));
        }
        return Uni.createFrom()
                .item(Optional.ofNullable(context.request().getCookie(COOKIE))
                        .map(Cookie::getValue)
                        .flatMap(access::signedIn)
                        .map(ApiKeyMechanism::identity)
                        .orElse(null));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", challenge()));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        if (isPage(context.request())) {
            if (access.hasIssuer()) {
                return Uni.createFrom().item(false);
            }
            context.response().setStatusCode(302).putHeader("Location", SignIn.PATH + "?to=" + target(context));
            return Uni.createFrom().item(true);
        }
        context.response().putHeader("WWW-Authenticate", challenge());
        problems.send(context, StatusCodes.problem(401, context.request().path()));
        return Uni.createFrom().item(true);
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }

    private String challenge() {
        return access.hasIssuer() ? "Bearer" : "ApiKey header=\"" + HEADER + "\"";
    }

    private static boolean isPage(HttpServerRequest request) {
        String accept = request.getHeader("Accept");
        return request.method() == HttpMethod.GET
                && accept != null
                && accept.contains("text/html")
                && request.getHeader(HEADER) == null
                && request.getHeader("Authorization") == null;
    }

    private static String target(RoutingContext context) {
        String uri = context.request().uri();
        return URLEncoder.encode(ReturnPath.of(uri).isPresent() ? uri : "/", StandardCharsets.UTF_8);
    }

    private static SecurityIdentity identity(Holder holder) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(holder.name()))
                .addRole(holder.role().id())
                .build();
    }
}
