package io.trialstream.trainer.run;

import io.trialstream.contracts.Run;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is told, as short lines. */
final class RecordingListener implements RunListener {
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<Run> started = new CopyOnWriteArrayList<>();

    @Override
    public void discarded(String why) {
        told.add("discarded: " + why);
    }

    @Override
    public void endedUnstarted(String end) {
        told.add("unstarted: " + end);
    }

    @Override
    public void started(Run run, int deliveryCount) {
        started.add(run);
        told.add("started");
    }

    @Override
    public void epochFinished(Run run, Duration duration) {
        told.add("epoch");
    }

    @Override
    public void lockLost(Run run) {
        told.add("lock lost");
    }

    @Override
    public void ended(Run run, String end) {
        told.add("ended: " + end);
    }
}
