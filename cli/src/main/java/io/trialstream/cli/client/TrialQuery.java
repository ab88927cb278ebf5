package io.trialstream.cli.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which trials of a study, in which order, and how many.
 *
 * @param filters the server's parameters that select, such as {@code state} or {@code param.lr}, with their values
 * @param orderBy a field with {@code asc} or {@code desc} behind it; empty for the order of the numbers
 * @param limit how many at most, above 0
 * @param pageToken where an earlier answer ended
 */
public record TrialQuery(Map<String, String> filters, Optional<String> orderBy, int limit, Optional<String> pageToken) {
    /** The server gives no more at once. */
    static final int LARGEST_PAGE = 1_000;

    /** Copies the filters. */
    public TrialQuery {
        filters = Map.copyOf(filters);
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be above 0, got " + limit);
        }
    }

    /** The numbers of completed trials, a page of them after another. */
    public static TrialQuery completedNumbers(Optional<String> pageToken) {
        return new TrialQuery(
                Map.of("state", "completed", "fields", "number"), Optional.empty(), LARGEST_PAGE, pageToken);
    }

    String parameters(int pageSize, Optional<String> token) {
        List<String> parameters = new ArrayList<>();
        parameters.add("pageSize=" + pageSize);
        orderBy.ifPresent(order -> parameters.add("orderBy=" + TrialstreamClient.encoded(order)));
        filters.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(filter -> parameters.add(TrialstreamClient.encoded(filter.getKey()) + "="
                        + TrialstreamClient.encoded(filter.getValue())));
        token.ifPresent(value -> parameters.add("pageToken=" + TrialstreamClient.encoded(value)));
        return String.join("&", parameters);
    }
}
