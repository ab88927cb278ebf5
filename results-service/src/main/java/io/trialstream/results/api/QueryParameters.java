package io.trialstream.results.api;

import io.trialstream.rest.ApiException;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A request's query parameters as numbers, names and tokens. A wrong, unknown or repeated parameter is answered with
 * 400 and its name.
 */
public final class QueryParameters {
    static final int DEFAULT_SIZE = 100;
    static final int LARGEST_SIZE = 1_000;
    static final String PARAMETER_PREFIX = "param.";

    private final Map<String, List<String>> given;

    private QueryParameters(Map<String, List<String>> given) {
        this.given = given;
    }

    /**
     * The parameters of a request.
     *
     * @param known those that the resource understands; a name that ends with a dot stands for all that begin so
     */
    public static QueryParameters of(UriInfo uri, String... known) {
        QueryParameters parameters = new QueryParameters(uri.getQueryParameters());
        for (Map.Entry<String, List<String>> parameter : parameters.given.entrySet()) {
            String name = parameter.getKey();
            if (Arrays.stream(known).noneMatch(pattern -> matches(pattern, name))) {
                throw ApiException.parameter(name, "is not a parameter here, known: " + String.join(", ", known));
            }
            if (parameter.getValue().size() > 1) {
                throw ApiException.parameter(name, "is given more than once");
            }
        }
        return parameters;
    }

    private static boolean matches(String pattern, String name) {
        return pattern.endsWith(".")
                ? name.startsWith(pattern) && name.length() > pattern.length()
                : pattern.equals(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(given.get(name)).map(values -> values.get(0));
    }

    /** The names with this prefix, without it. */
    Set<String> namesAfter(String prefix) {
        return given.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many elements are asked for. */
    int size(String name) {
        return whole(name, DEFAULT_SIZE, 1, LARGEST_SIZE);
    }

    /** A whole number within bounds. */
    int whole(String name, int otherwise, int least, int most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number that is out of bounds.
        }
        throw ApiException.parameter(
                name, "must be a whole number from " + least + " to " + most + ", got '" + text.get() + "'");
    }

    /** A finite number. */
    OptionalDouble decimal(String name) {
        return text(name).map(text -> OptionalDouble.of(decimal(name, text))).orElseGet(OptionalDouble::empty);
    }

    static double decimal(String name, String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number that is not finite.
        }
        throw ApiException.parameter(name, "must be a number, got '" + text + "'");
    }

    /** One of these names; the first where none is given. */
    public String oneOf(String name, List<String> known) {
        String text = text(name).orElse(known.get(0));
        if (!known.contains(text)) {
            throw ApiException.parameter(name, "must be one of " + String.join(", ", known) + ", got '" + text + "'");
        }
        return text;
    }

    /** A list of names, separated by commas; empty where the parameter is not given. */
    List<String> names(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> names = Arrays.stream(text.get().split(","))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
        if (names.isEmpty()) {
            throw ApiException.parameter(name, "names nothing");
        }
        return names;
    }

    /** Values of an enumeration, in any case, separated by commas; empty where the parameter is not given. */
    <E extends Enum<E>> Set<E> values(String name, Class<E> type) {
        Set<E> values = new LinkedHashSet<>();
        for (String text : names(name)) {
            values.add(Arrays.stream(type.getEnumConstants())
                    .filter(value -> value.name().equals(text.toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> ApiException.parameter(
                            name,
                            "must be of "
                                    + Arrays.stream(type.getEnumConstants())
                                            .map(value -> value.name().toLowerCase(Locale.ROOT))
                                            .collect(Collectors.joining(", "))
                                    + ", got '" + text + "'")));
        }
        return values;
    }

    /** The token for a page that begins after this key; opaque to clients. */
    static String token(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** The key in {@code pageToken}, if one is given. */
    Optional<String> pageKey() {
        try {
            return text("pageToken")
                    .map(token -> new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw badToken();
        }
    }

    static ApiException badToken() {
        return ApiException.parameter("pageToken", "is not a token that an earlier page of this list gave");
    }
}
