package io.trialstream.artifacts;

import java.util.regex.Pattern;

/**
 * Names an artifact. Every part is checked, so that no id leads out of its store.
 *
 * @param studyId the study
 * @param number the trial's number in the study, from 0
 * @param runId the run that left it
 * @param name a plain file name, such as {@code blueprint.svg}
 */
public record ArtifactId(String studyId, int number, String runId, String name) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9:_-]{1,64}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    /** Validates. */
    public ArtifactId {
        requireStudyId(studyId);
        requireNumber(number);
        if (!isRunId(runId)) {
            throw new IllegalArgumentException("runId must match " + ID + ", got '" + runId + "'");
        }
        if (!isName(name)) {
            throw new IllegalArgumentException("name must match " + NAME + ", got '" + name + "'");
        }
    }

    /** Where it lies in its store: {@code studyId/number/runId/name}. */
    public String key() {
        return studyId + "/" + number + "/" + runId + "/" + name;
    }

    static void requireStudyId(String studyId) {
        if (!ID.matcher(studyId).matches()) {
            throw new IllegalArgumentException("studyId must match " + ID + ", got '" + studyId + "'");
        }
    }

    static void requireNumber(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("number must not be negative, got " + number);
        }
    }

    static boolean isRunId(String text) {
        return ID.matcher(text).matches();
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
