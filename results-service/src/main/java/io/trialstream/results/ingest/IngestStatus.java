package io.trialstream.results.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** The state of this replica's ingest, for health and metrics. Written by the ingesting thread, read by any. */
@ApplicationScoped
public class IngestStatus {
    private static final Logger LOG = Logger.getLogger(IngestStatus.class);

    private volatile IngestState state = new IngestState.Starting();

    /** The current state. */
    public IngestState state() {
        return state;
    }

    /** Enters the state after a failure; a repeated failure is logged once. */
    void retry(IngestState.Retrying next, Throwable failure) {
        if (!next.equals(state)) {
            LOG.warn("ingest failed and restarts from the positions in the database", failure);
        }
        become(next);
    }

    /** Enters a state. */
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
