package io.trialstream.results.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Part of a list.
 *
 * @param items this page's elements
 * @param nextPageToken asks for the next page; absent on the last one
 */
@Schema(description = "Part of a list; nextPageToken asks for the next page and is absent on the last one")
public record Page<T>(List<T> items, Optional<String> nextPageToken) {

    /**
     * A page of rows, of which one more than the page holds was asked for.
     *
     * @param key of the last row on the page, after which the next page begins
     */
    static <R, T> Page<T> of(List<R> rows, int size, Function<R, T> view, Function<R, String> key) {
        List<T> items = rows.stream().limit(size).map(view).toList();
        return new Page<>(
                items,
                rows.size() > size
                        ? Optional.of(QueryParameters.token(key.apply(rows.get(size - 1))))
                        : Optional.empty());
    }
}
