package io.trialstream.trainer.run;

/** The study, not the trial's configuration, asks for what no trainer of this pool can do. */
final class UntrainableStudyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    UntrainableStudyException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    String code() {
        return code;
    }
}
