package io.trialstream.rest.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Where a browser goes on after it signed in: a path of this service, with its query, and never another site. */
final class ReturnPath {

    private ReturnPath() {}

    /** The path, if it is one that every browser reads as a path of this service. */
    static Optional<URI> of(String to) {
        // Browsers read "//" and "/\" as the begin of a host name.
        if (!to.startsWith("/") || to.startsWith("//") || to.contains("\\")) {
            return Optional.empty();
        }
        try {
            URI path = new URI(to);
            return path.isAbsolute() || path.getRawAuthority() != null || !to.equals(path.toASCIIString())
                    ? Optional.empty()
                    : Optional.of(path);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
