package io.trialstream.trainer.run;

import io.trialstream.contracts.Run;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is events, as short lines. */
final class RecordingListener implements RunListener {
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<Run> started = new CopyOnWriteArrayList<>();

    @Override
    public void discarded(String why) {
        events.add("discarded: " + why);
    }

    @Override
    public void endedUnstarted(String end) {
        events.add("unstarted: " + end);
    }

    @Override
    public void started(Run run, int deliveryCount) {
        started.add(run);
        events.add("started");
    }

    @Override
    public void epochFinished(Run run, Duration duration) {
        events.add("epoch");
    }

    @Override
    public void lockLost(Run run) {
        events.add("lock lost");
    }

    @Override
    public void ended(Run run, String end) {
        events.add("ended: " + end);
    }
}
