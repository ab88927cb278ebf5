package io.trialstream.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A trial's identity, written {@code studyId:number}: also the key of every record about the trial.
 *
 * @param studyId the study that the trial belongs to
 * @param number the trial's number within its study, counted from 0
 */
public record TrialId(String studyId, int number) implements Comparable<TrialId> {

    /** Refuses a malformed study id and a negative number. */
    public TrialId {
        Require.studyId(studyId);
        Require.atLeast("number", 0, number);
    }

    /**
     * Reads {@code studyId:number}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    @JsonCreator
    public static TrialId parse(String text) {
        int colon = Require.present("trialId", text).lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("a trial id has the form studyId:number, got '" + text + "'");
        }
        try {
            return new TrialId(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a trial id has the form studyId:number, got '" + text + "'", e);
        }
    }

    /** Orders by study, then by number. */
    @Override
    public int compareTo(TrialId other) {
        int byStudy = studyId.compareTo(other.studyId);
        return byStudy != 0 ? byStudy : Integer.compare(number, other.number);
    }

    /** The form {@code studyId:number}. */
    @JsonValue
    @Override
    public String toString() {
        return studyId + ":" + number;
    }
}
