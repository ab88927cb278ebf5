package io.trialstream.suggester.imports;

import io.trialstream.rest.ProblemDetail.FieldError;
import java.util.List;

/** A file cannot be imported, or not now. */
public final class ImportRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a file is refused. */
    public enum Kind {
        /** It cannot be read as a file of trials. */
        UNREADABLE,
        /** It holds more than a file may. */
        TOO_LARGE,
        /** Some of its trials do not fit the study. */
        INVALID_IMPORT,
        /** Another file is being imported. */
        IMPORT_UNDER_WAY,
        /** Its trials are imported, but not all their histories: it may be sent again. */
        HISTORIES_INCOMPLETE
    }

    private final Kind kind;
    private final transient List<FieldError> errors;

    ImportRefusedException(Kind kind, String message) {
        this(kind, message, List.of());
    }

    ImportRefusedException(Kind kind, String message, List<FieldError> errors) {
        super(message);
        this.kind = kind;
        this.errors = List.copyOf(errors);
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }

    /** What is wrong with its trials. */
    public List<FieldError> errors() {
        return errors;
    }
}
