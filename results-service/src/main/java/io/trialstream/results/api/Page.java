package io.trialstream.results.api;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Part of a list.
 *
 * @param items this page's elements
 * @param nextPageToken asks for the next page; absent on the last one
 */
@Schema(description = "Part of a list; nextPageToken asks for the next page and is absent on the last one")
public record Page<T>(List<T> items, Optional<String> nextPageToken) {}
