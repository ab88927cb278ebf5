package io.trialstream.trainer.dataset;

import java.util.OptionalLong;

/** Told about a download as it goes on. */
@FunctionalInterface
public interface DownloadProgress {

    /** Says nothing. */
    DownloadProgress SILENT = (bytes, total) -> {};

    /**
     * Called from the downloading thread, about once per MiB and at the end.
     *
     * @param bytes on disk so far, those of an earlier, interrupted download included
     * @param total of the whole file, where the server said
     */
    void downloaded(long bytes, OptionalLong total);
}
