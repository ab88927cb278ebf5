package io.trialstream.results.artifacts;

import io.trialstream.artifacts.Artifact;
import io.trialstream.artifacts.ArtifactId;
import io.trialstream.artifacts.ArtifactStore;
import io.trialstream.results.UnavailableException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The files that runs leave, for readers and for deletion. Thread-safe. */
@ApplicationScoped
public class TrialArtifacts {
    private static final Logger LOG = Logger.getLogger(TrialArtifacts.class);

    private final ArtifactStore store;

    TrialArtifacts(ArtifactKeys keys) {
        this.store = keys.settings().open();
    }

    /**
     * All files of a trial.
     *
     * @throws UnavailableException if the store does not answer
     */
    public List<Artifact> of(String studyId, int number) {
        try {
            return store.list(studyId, number);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** The same; empty if the store does not answer. */
    public Optional<List<Artifact>> ifReachable(String studyId, int number) {
        try {
            return Optional.of(of(studyId, number));
        } catch (UnavailableException e) {
            return Optional.empty();
        }
    }

    /**
     * A file's content; the caller closes it.
     *
     * @return empty if there is no such file
     * @throws UnavailableException if the store does not answer
     */
    public Optional<InputStream> open(Artifact artifact) {
        try {
            return store.open(artifact.id());
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /** The file of this name that a run left. */
    public Optional<Artifact> find(String studyId, int number, String runId, String name) {
        return of(studyId, number).stream()
                .filter(artifact -> matches(artifact.id(), runId, name))
                .findFirst();
    }

    /** The identity of the store; see {@link ArtifactStore#identity}. */
    public String identity() throws IOException {
        return store.identity();
    }

    /** The identity of the store, which gets one now if it has none. */
    public String establishIdentity() throws IOException {
        return store.establishIdentity();
    }

    /** Removes everything of a study. */
    public void deleteStudy(String studyId) throws IOException {
        store.deleteStudy(studyId);
    }

    private static boolean matches(ArtifactId id, String runId, String name) {
        return id.runId().equals(runId) && id.name().equals(name);
    }

    private static UnavailableException unavailable(IOException e) {
        LOG.warnf("the artifact store does not answer reason=%s", e.getMessage());
        return new UnavailableException("the artifact store does not answer", e);
    }

    @PreDestroy
    void close() {
        store.close();
    }
}
