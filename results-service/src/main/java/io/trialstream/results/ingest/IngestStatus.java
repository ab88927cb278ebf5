package io.trialstream.results.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** What this replica's ingest does, for health and metrics. Written by the ingesting thread, read by any. */
@ApplicationScoped
public class IngestStatus {
    private static final Logger LOG = Logger.getLogger(IngestStatus.class);

    private volatile IngestState state = new IngestState.Starting();

    /** What it does now. */
    public IngestState state() {
        return state;
    }

    /** It failed and tries again; the same failure is logged once. */
    void retry(IngestState.Retrying next, Throwable failure) {
        if (!next.equals(state)) {
            LOG.warn("ingest failed and begins again at what the database says", failure);
        }
        become(next);
    }

    /** It does something else from now on. */
    void become(IngestState next) {
        if (next.equals(state)) {
            return;
        }
        state = next;
        next.problem()
                .ifPresentOrElse(
                        problem -> LOG.warnf("ingest state=%s reason=%s", next.name(), problem),
                        () -> LOG.infof("ingest state=%s", next.name()));
    }
}
