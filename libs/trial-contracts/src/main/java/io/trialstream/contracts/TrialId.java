package io.trialstream.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A trial's identity, written {@code studyId:number}: also the key of every record about the trial.
 *
 * @param studyId the study that the trial belongs to
 * @param number the trial's number within its study, counted from 0
 */
public record TrialId(String studyId, int number) implements Comparable<TrialId> {

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{1,64}):(0|[1-9][0-9]{0,9})");

    /** Refuses a malformed study id and a negative number. */
    public TrialId {
        Require.studyId(studyId);
        Require.atLeast("number", 0, number);
    }

    /**
     * Reads {@code studyId:number}, the number without sign and leading zeros: an identity has one spelling.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    @JsonCreator
    public static TrialId parse(String text) {
        Matcher matcher = FORM.matcher(Require.present("trialId", text));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a trial id has the form studyId:number, got '" + text + "'");
        }
        try {
            return new TrialId(matcher.group(1), Integer.parseInt(matcher.group(2)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a trial's number has 31 bits, got '" + text + "'", e);
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
