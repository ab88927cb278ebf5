package io.trialstream.results.artifacts;

import io.trialstream.artifacts.Artifact;
import io.trialstream.artifacts.ArtifactId;
import io.trialstream.artifacts.ArtifactStore;
import io.trialstream.rest.ApiException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The files that runs leave, as readers and the deletion need them. Thread-safe. */
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
     * @throws ApiException 503 if the store does not answer
     */
    public List<Artifact> of(String studyId, int number) {
        try {
            return store.list(studyId, number);
        } catch (IOException e) {
            throw away(e);
        }
    }

    /** The same; empty if the store does not answer. */
    public Optional<List<Artifact>> ifReachable(String studyId, int number) {
        try {
            return Optional.of(of(studyId, number));
        } catch (ApiException e) {
            return Optional.empty();
        }
    }

    /**
     * A file's content; the caller closes it.
     *
     * @return empty where there is none of this name, or the name is none
     * @throws ApiException 503 if the store does not answer
     */
    public Optional<InputStream> open(Artifact artifact) {
        try {
            return store.open(artifact.id());
        } catch (IOException e) {
            throw away(e);
        }
    }

    /** The file of this name that a run left. */
    public Optional<Artifact> find(String studyId, int number, String runId, String name) {
        return of(studyId, number).stream()
                .filter(artifact -> matches(artifact.id(), runId, name))
                .findFirst();
    }

    /** What tells the store from any other; see {@link ArtifactStore#identity}. */
    public String identity(boolean establish) throws IOException {
        return store.identity(establish);
    }

    /** Removes everything of a study. */
    public void deleteStudy(String studyId) throws IOException {
        store.deleteStudy(studyId);
    }

    private static boolean matches(ArtifactId id, String runId, String name) {
        return id.runId().equals(runId) && id.name().equals(name);
    }

    private static ApiException away(IOException e) {
        LOG.warnf("the store of artifacts does not answer reason=%s", e.getMessage());
        return ApiException.unavailable("the store of artifacts does not answer");
    }

    @PreDestroy
    void close() {
        store.close();
    }
}
