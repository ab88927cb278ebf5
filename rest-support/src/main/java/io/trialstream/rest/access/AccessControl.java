package io.trialstream.rest.access;

import io.quarkus.runtime.StartupEvent;
import io.trialstream.rest.access.ApiKeys.Holder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Whether credentials are asked for, and which are good. Refuses to start a service that everybody could command. */
@ApplicationScoped
public class AccessControl {
    private static final Logger LOG = Logger.getLogger(AccessControl.class);

    private final AccessSettings settings;
    private final String host;
    private final ApiKeys keys;
    private final Sessions sessions;

    AccessControl(AccessSettings settings, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.settings = settings;
        this.host = host;
        this.keys = new ApiKeys(settings.apiKeys());
        this.sessions = new Sessions(settings.sessionSecret(), settings.sessionTime(), Clock.systemUTC());
    }

    void start(@Observes StartupEvent event) {
        refusal(isOn(), settings.allowOpen(), host).ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        LOG.infof(
                "access control on=%s apiKeys=%s oidc=%s",
                isOn(), settings.apiKeys().size(), settings.oidc());
    }

    /** Whether requests need a credential. */
    public boolean isOn() {
        return settings.oidc() || !keys.isEmpty();
    }

    /** Whether browsers sign in at an issuer of OpenID Connect. */
    boolean hasIssuer() {
        return settings.oidc();
    }

    /** The holder of an API key. */
    Optional<Holder> holderOf(String apiKey) {
        return keys.holderOf(apiKey);
    }

    /** Who signed in with an API key, for as long as that key is accepted. */
    Optional<Holder> signedIn(String session) {
        return sessions.holderIn(session).flatMap(keys::named);
    }

    /** A sign-in of this holder. */
    String session(Holder holder) {
        return sessions.of(holder.name());
    }

    /** Why a service that listens there must not start. */
    static Optional<String> refusal(boolean isOn, boolean allowOpen, String host) {
        return isOn || allowOpen || isLoopback(host)
                ? Optional.empty()
                : Optional.of("access control is off, and quarkus.http.host=" + host
                        + " lets others in: set trialstream.access.api-keys.NAME.sha256 or trialstream.access.oidc, listen on"
                        + " 127.0.0.1, or allow it with trialstream.access.allow-open=true");
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
