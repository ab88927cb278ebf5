package io.trialstream.results.api;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Part of a list of trials, as the interface describes it: pages are written row by row and never held so.
 *
 * @param items this page's trials
 * @param nextPageToken asks for the next page; absent on the last one
 */
@Schema(description = "Part of a list; nextPageToken asks for the next page and is absent on the last one")
record TrialPage(List<Trial> items, Optional<String> nextPageToken) {}
