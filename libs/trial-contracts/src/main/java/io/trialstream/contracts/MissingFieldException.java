package io.trialstream.contracts;

/** A message lacks a field that its schema requires. */
public final class MissingFieldException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /** The field that is absent or null, by its JSON name. */
    public MissingFieldException(String field) {
        super("missing field '" + field + "'");
        this.field = field;
    }

    /** The JSON name of the absent field. */
    public String field() {
        return field;
    }
}
