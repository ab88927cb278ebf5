package io.trialstream.results.ingest;

import java.util.Optional;

/** What a replica's ingest does at the moment. */
public sealed interface IngestState {

    /** A name for logs, health and metrics. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Whether readers of this replica may rely on what they see, apart from a short lag. */
    boolean isReady();

    /** What is wrong, if anything is. */
    default Optional<String> problem() {
        return Optional.empty();
    }

    /** It has not asked yet whether it may ingest. */
    record Starting() implements IngestState {
        @Override
        public boolean isReady() {
            return false;
        }
    }

    /** Another replica ingests; this one serves readers and would take over. */
    record Standby() implements IngestState {
        @Override
        public boolean isReady() {
            return true;
        }
    }

    /** It reads what had piled up before it began. */
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

    /** The database or the broker is away; it tries again. */
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

    /** It met something that only a person can resolve, and reads no further. */
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
