package io.trialstream.results.api;

import io.trialstream.rest.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Query parameters as numbers, names and tokens; what is wrong is answered with the parameter's name. */
final class QueryParameters {
    static final int DEFAULT_SIZE = 100;
    static final int LARGEST_SIZE = 1_000;

    private QueryParameters() {}

    /** How many elements are asked for. */
    static int size(String name, String text) {
        if (text == null) {
            return DEFAULT_SIZE;
        }
        try {
            int size = Integer.parseInt(text);
            if (size >= 1 && size <= LARGEST_SIZE) {
                return size;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number that is out of bounds.
        }
        throw ApiException.parameter(name, "must be a whole number from 1 to " + LARGEST_SIZE + ", got '" + text + "'");
    }

    /** One of these names; the first where none is given. */
    static String oneOf(String name, String text, List<String> known) {
        if (text == null) {
            return known.get(0);
        }
        if (!known.contains(text)) {
            throw ApiException.parameter(name, "must be one of " + String.join(", ", known) + ", got '" + text + "'");
        }
        return text;
    }

    /** The token for a page that begins after this key; its form is nobody's business. */
    static String token(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** The key in a token, or {@code first} where none is given. */
    static String key(String token, String first) {
        if (token == null) {
            return first;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw badToken();
        }
    }

    static ApiException badToken() {
        return ApiException.parameter("pageToken", "is not a token that an earlier page gave");
    }
}
