package io.trialstream.messaging;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The places in the code at which a test can make this process die or freeze. The system property {@code
 * trialstream.fault} arms one of them, as {@code POINT}, {@code POINT:NTH} or {@code POINT:NTH:freeze}: when the process
 * reaches the point for the nth time, it ends as by {@code kill -9} or stops as by SIGSTOP. Without the property nothing
 * ever happens. This class alone reads it.
 */
public enum FaultPoint {
    /** The suggester has decided and sent nothing yet. */
    SUGGESTER_DECIDED,
    /** The suggester has sent the records of a transaction and not committed it. */
    SUGGESTER_SENT,
    /** The suggester has committed and queued nothing yet. */
    SUGGESTER_COMMITTED,
    /** The suggester has queued what it committed. */
    SUGGESTER_QUEUED,
    /** A trainer has reported a run's end and not accepted its record. */
    TRAINER_REPORTED,
    /** Results has stored a batch and published nothing of it. */
    RESULTS_COMMITTED,
    /** Results has published outcomes and not recorded that it did. */
    RESULTS_PUBLISHED;

    private static final String PROPERTY = "trialstream.fault";
    private static final int KILLED = 137;
    private static final Optional<Fault> ARMED =
            Optional.ofNullable(System.getProperty(PROPERTY)).map(Fault::parse);

    /** The code reaches this point. */
    public void reached() {
        ARMED.ifPresent(fault -> fault.reached(this));
    }

    /** The JVM option that arms this point: the process dies when it reaches it for the nth time. */
    public String killing(int nth) {
        return "-D" + PROPERTY + "=" + name() + ":" + nth;
    }

    /** The JVM option that arms this point: the process freezes when it reaches it for the nth time. */
    public String freezing(int nth) {
        return killing(nth) + ":freeze";
    }

    /** The armed point, and what happens there. */
    private record Fault(FaultPoint point, int nth, boolean freezes, AtomicInteger times) {

        /** @throws IllegalArgumentException if there is no such point: the test would wait in vain */
        static Fault parse(String text) {
            String[] parts = text.split(":");
            return new Fault(
                    FaultPoint.valueOf(parts[0]),
                    parts.length > 1 ? Integer.parseInt(parts[1]) : 1,
                    parts.length > 2 && parts[2].equals("freeze"),
                    new AtomicInteger());
        }

        void reached(FaultPoint here) {
            if (here == point && times.incrementAndGet() == nth) {
                strike();
            }
        }

        private void strike() {
            if (!freezes) {
                Runtime.getRuntime().halt(KILLED);
            }
            String pid = Long.toString(ProcessHandle.current().pid());
            try {
                new ProcessBuilder("kill", "-STOP", pid).start().waitFor();
            } catch (IOException e) {
                throw new IllegalStateException("cannot freeze", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
