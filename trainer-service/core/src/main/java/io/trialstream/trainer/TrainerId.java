package io.trialstream.trainer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** Names for trainers that never repeat. */
final class TrainerId {
    private static final int HOST_LENGTH = 40;

    private TrainerId() {}

    /** Host name, process id and a random part, as {@code host-4711-1f9a0c2e}; other characters become dashes. */
    static String generate() {
        return host().replaceAll("[^A-Za-z0-9_-]", "-") + "-"
                + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    private static String host() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.length() <= HOST_LENGTH ? name : name.substring(0, HOST_LENGTH);
        } catch (UnknownHostException e) {
            return "trainer";
        }
    }
}
