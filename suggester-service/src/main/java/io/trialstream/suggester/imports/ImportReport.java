package io.trialstream.suggester.imports;

import java.util.List;
import java.util.Optional;

/**
 * What an import did, line by line.
 *
 * @param studyId the study
 * @param imported how many trials are new
 * @param known how many the study has already: its own trials, and those that an earlier import or line had brought
 * @param skipped how many are no evidence: they did not end, failed or were cancelled
 * @param lines every trial in the order of the file
 */
public record ImportReport(String studyId, int imported, int known, int skipped, List<Line> lines) {

    /** What became of a trial of the file. */
    public enum Status {
        /** It is a new trial. */
        IMPORTED,
        /** It is a trial of the study itself, or the same content was imported before. */
        KNOWN,
        /** It is no evidence. */
        SKIPPED
    }

    /**
     * A trial of the file.
     *
     * @param place where it is: {@code line 3}, or a file's name
     * @param status what became of it
     * @param state where it stood
     * @param trialId its identity in the study, unless it was skipped
     */
    public record Line(String place, Status status, String state, Optional<String> trialId) {}

    static ImportReport of(String studyId, List<Line> lines) {
        return new ImportReport(
                studyId,
                count(lines, Status.IMPORTED),
                count(lines, Status.KNOWN),
                count(lines, Status.SKIPPED),
                List.copyOf(lines));
    }

    private static int count(List<Line> lines, Status status) {
        return (int) lines.stream().filter(line -> line.status() == status).count();
    }
}
