package io.trialstream.results.api;

import io.trialstream.results.read.StudyRow;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Part of the list of studies.
 *
 * @param items this page's studies
 * @param nextPageToken asks for the next page; absent on the last one
 */
@Schema(description = "Part of a list; nextPageToken asks for the next page and is absent on the last one")
record StudyPage(List<Study> items, Optional<String> nextPageToken) {

    /** A page of rows, of which one more than the page holds was asked for. */
    static StudyPage of(List<StudyRow> rows, int size) {
        Optional<String> next = rows.size() > size
                ? Optional.of(rows.get(size - 1))
                        .map(last -> QueryParameters.token(last.createdAt() + " " + last.studyId()))
                : Optional.empty();
        return new StudyPage(rows.stream().limit(size).map(Views::listed).toList(), next);
    }
}
