package io.trialstream.rest.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.trialstream.rest.edge.OpenPaths;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Everything on the service's own port: reading needs a viewer, everything else an operator. */
@ApplicationScoped
class AccessPolicy implements HttpSecurityPolicy {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final AccessControl access;

    AccessPolicy(AccessControl access) {
        this.access = access;
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext context, Uni<SecurityIdentity> identity, AuthorizationRequestContext request) {
        if (!access.isOn() || OpenPaths.contains(context.normalizedPath())) {
            return CheckResult.permit();
        }
        Role needed = READING.contains(context.request().method()) ? Role.VIEWER : Role.OPERATOR;
        return identity.onItem()
                .transform(caller -> !caller.isAnonymous() && needed.isIn(caller.getRoles())
                        ? CheckResult.PERMIT
                        : CheckResult.DENY);
    }
}
