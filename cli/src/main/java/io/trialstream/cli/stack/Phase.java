package io.trialstream.cli.stack;

/** What a stack as a whole is about to do, as written down: whoever comes later goes on from there. */
public enum Phase {
    /** Its first start has not come to its end. Left behind by a keeper that died, it is cleared away. */
    STARTING,
    /** It serves; what ends is started again. */
    RUNNING,
    /** It is to end. Nothing is started any more, and whoever finds it so goes on ending it. */
    STOPPING,
    /** All of it has ended, as it was told to. */
    STOPPED
}
