package io.trialstream.rest.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Access control, under {@code trialstream.access}. It is on as soon as there is an API key or OpenID Connect. */
@ConfigMapping(prefix = "trialstream.access")
public interface AccessSettings {

    /** API keys by the names of their holders. */
    Map<String, ApiKey> apiKeys();

    /** Whether tokens of the issuer at {@code quarkus.oidc.auth-server-url} are accepted, and browsers sent there. */
    @WithDefault("false")
    boolean oidc();

    /** Whether to listen on other addresses than loopback although access control is off. */
    @WithDefault("false")
    boolean allowOpen();

    /** The API key by which results asks the suggester where the caller's own credential cannot be passed on. */
    Optional<String> serviceKey();

    /** Signs the cookies of the sign-in page; set it where several replicas are to accept them. Drawn if absent. */
    Optional<String> sessionSecret();

    /** How long a sign-in by API key lasts. */
    @WithDefault("PT12H")
    Duration sessionTime();

    /** An API key: at least 128 random bits, of which only the hash is known here. */
    interface ApiKey {

        /** SHA-256 of the key's UTF-8 bytes, in hexadecimal digits. */
        String sha256();

        /** What its holder may do. */
        @WithDefault("viewer")
        Role role();
    }
}
