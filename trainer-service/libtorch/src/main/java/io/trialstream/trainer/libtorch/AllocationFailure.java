package io.trialstream.trainer.libtorch;

/** libtorch tells that memory has run out as any other failure, by its message; the trainer knows Java's error. */
final class AllocationFailure {

    private AllocationFailure() {}

    /**
     * The failure itself, where it is another.
     *
     * @throws OutOfMemoryError where memory has run out
     */
    static RuntimeException toldBy(RuntimeException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("can't allocate memory") || message.contains("out of memory")) {
            OutOfMemoryError error =
                    new OutOfMemoryError(message.lines().findFirst().orElse(message));
            error.initCause(failure);
            throw error;
        }
        return failure;
    }
}
