package io.trialstream.infrastructure;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a user's programs keep what they can make again, by the XDG Base Directory Specification. */
final class UserCache {
    private static final String OWN = "trialstream";

    private UserCache() {}

    /**
     * Answers {@code $XDG_CACHE_HOME/trialstream}, else {@code ~/.cache/trialstream}; empty for a user without a home.
     *
     * @param userHome what the system says is the user's home, where {@code $HOME} is not set
     */
    static Optional<Path> directory(Map<String, String> environment, String userHome) {
        return absolute(environment.get("XDG_CACHE_HOME"))
                .or(() -> Stream.of(environment.get("HOME"), userHome)
                        .flatMap(home -> absolute(home).stream())
                        .findFirst()
                        .map(home -> home.resolve(".cache")))
                .map(cache -> cache.resolve(OWN));
    }

    /** The specification has relative paths ignored. */
    private static Optional<Path> absolute(String path) {
        try {
            return Optional.ofNullable(path)
                    .filter(value -> !value.isBlank())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException cannotBeNamedInThisLocale) {
            return Optional.empty();
        }
    }
}
