package io.trialstream.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** Where artifacts are kept. Thread-safe, and safe to share between processes. */
public interface ArtifactStore extends AutoCloseable {

    /** Writes a file's bytes. */
    @FunctionalInterface
    interface Content {
        /** Writes to the stream and leaves it open. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Stores a file under this name, instead of one that has it. Readers see the whole file or none of it.
     *
     * @throws IOException if it cannot be stored, or its content cannot be written; nothing is changed then
     */
    void put(ArtifactId id, Content content) throws IOException;

    /** All artifacts of the trial, of all its runs, ordered by run and name. */
    List<Artifact> list(String studyId, int number) throws IOException;

    /**
     * Opens a file; the caller closes the stream.
     *
     * @return empty if the store has none of this name
     */
    Optional<InputStream> open(ArtifactId id) throws IOException;

    /** Removes everything of the trial. */
    void deleteTrial(String studyId, int number) throws IOException;

    /** Removes everything of the study. */
    void deleteStudy(String studyId) throws IOException;

    /**
     * The identity of this store, which distinguishes it from any other: an unmounted disk leaves an empty directory, or
     * none, in its place, which does not mean that all files were deleted.
     *
     * @throws IOException if the store does not answer, or has no identity
     */
    String identity() throws IOException;

    /**
     * The identity of this store, which gets one now if it has none.
     *
     * @throws IOException if the store does not answer
     */
    String establishIdentity() throws IOException;

    /** Frees connections. */
    @Override
    default void close() {}
}
