package io.trialstream.results.ingest;

import java.util.Optional;

/** What a replica's ingest is doing. */
public sealed interface IngestState {

    /** A name for logs, health and metrics. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Whether this replica serves current data, apart from a short lag. */
    boolean isReady();

    /** What is wrong, if anything is. */
    default Optional<String> problem() {
        return Optional.empty();
    }

    /** It has not tried to acquire the lock yet. */
    record Starting() implements IngestState {
        @Override
        public boolean isReady() {
            return false;
        }
    }

    /** Another replica ingests; this one serves readers and can take over. */
    record Standby() implements IngestState {
        @Override
        public boolean isReady() {
            return true;
        }
    }

    /** It reads the backlog from before its start. */
    record CatchingUp() implements IngestState {
        @Override
        public boolean isReady() {
            return false;
        }
    }

    /** It has caught up once and reads what arrives. */
    record Following() implements IngestState {
        @Override
        public boolean isReady() {
            return true;
        }
    }

    /** The database or the broker is unavailable; it retries. */
    record Retrying(String reason) implements IngestState {
        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public Optional<String> problem() {
            return Optional.of(reason);
        }
    }

    /** It stopped at a problem that only a person can resolve. */
    record Stopped(String reason) implements IngestState {
        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public Optional<String> problem() {
            return Optional.of(reason);
        }
    }
}
