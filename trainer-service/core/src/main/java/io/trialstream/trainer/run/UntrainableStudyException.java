package io.trialstream.trainer.run;

/** The study asks for something that no trainer of this pool can do; the trial's configuration is not at fault. */
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
