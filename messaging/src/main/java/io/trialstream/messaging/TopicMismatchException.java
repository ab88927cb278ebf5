package io.trialstream.messaging;

import java.util.List;

/** Topics exist in another shape than this release defines; a service that finds this refuses to start. */
public final class TopicMismatchException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** One sentence for each difference. */
    public TopicMismatchException(List<String> differences) {
        super("topics differ from their definition: " + String.join("; ", differences));
    }
}
