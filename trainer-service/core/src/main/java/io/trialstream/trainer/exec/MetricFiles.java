package io.trialstream.trainer.exec;

import java.io.IOException;

/** Files in which a program leaves metrics while it runs. Confined to one thread. */
interface MetricFiles {

    /**
     * Gives on what is new in them.
     *
     * @param ended whether the program has ended: what is not whole now never will be
     */
    void look(boolean ended, EpochCollector collector) throws IOException;

    /** What is looked for, for people. */
    String describe();
}
