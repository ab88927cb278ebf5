package io.trialstream.rest.edge;

import io.quarkus.runtime.configuration.MemorySize;
import io.trialstream.rest.ApiException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** How large a request's body may be, by the last segment of its path. */
final class BodyLimits {
    private final long general;
    private final Map<String, Long> special;

    BodyLimits(EdgeSettings settings) {
        general = settings.largestBody().asLongValue();
        special = settings.largestBodies().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, limit -> limit(limit.getValue())));
    }

    /** In bytes. */
    long of(String path) {
        String plain = path.replaceFirst("/+$", "");
        return special.getOrDefault(plain.substring(plain.lastIndexOf('/') + 1), general);
    }

    /** Refuses a body whose announced length is over the limit; one of unknown length is counted while it is read. */
    Optional<ApiException> refusal(String path, OptionalLong announced) {
        long limit = of(path);
        return announced.isPresent() && announced.getAsLong() > limit ? Optional.of(tooLarge(limit)) : Optional.empty();
    }

    /** The refusal of a body that is larger. */
    static ApiException tooLarge(long limit) {
        return new ApiException(413, "TOO_LARGE", "The body is too large", "at most " + limit + " bytes", List.of());
    }

    private static long limit(MemorySize size) {
        return size.asLongValue();
    }
}
