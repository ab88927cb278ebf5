package io.trialstream.messaging;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A place in the code at which a test lets this process die or freeze. The system property {@code trialstream.fault}
 * names one of them, as {@code PLACE}, {@code PLACE:NTH} or {@code PLACE:NTH:freeze}: the process ends as it would by
 * {@code kill -9}, or stops as by SIGSTOP, when it comes there for the nth time. Without the property nothing ever
 * happens. This class alone reads it.
 */
public final class FaultPoint {
    private static final String PROPERTY = "trialstream.fault";
    private static final int KILLED = 137;
    private static final FaultPoint ARMED = parse(System.getProperty(PROPERTY, ""));

    private final String place;
    private final int nth;
    private final boolean freezes;
    private final AtomicInteger passages = new AtomicInteger();

    private FaultPoint(String place, int nth, boolean freezes) {
        this.place = place;
        this.nth = nth;
        this.freezes = freezes;
    }

    /** The code comes to this place. */
    public static void at(String place) {
        if (ARMED.place.equals(place) && ARMED.passages.incrementAndGet() == ARMED.nth) {
            ARMED.strike();
        }
    }

    private static FaultPoint parse(String text) {
        String[] parts = text.split(":");
        return new FaultPoint(
                parts[0],
                parts.length > 1 ? Integer.parseInt(parts[1]) : 1,
                parts.length > 2 && parts[2].equals("freeze"));
    }

    private void strike() {
        if (!freezes) {
            Runtime.getRuntime().halt(KILLED);
        }
        try {
            new ProcessBuilder(
                            "kill",
                            "-STOP",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new IllegalStateException("cannot freeze", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
