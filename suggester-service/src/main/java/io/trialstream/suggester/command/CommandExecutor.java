package io.trialstream.suggester.command;

import java.util.concurrent.CompletableFuture;

/** Performs requests where the suggester's state is. Thread-safe. */
public interface CommandExecutor {

    /**
     * Performs an action on the suggester's loop.
     *
     * @return its result, after its changes are committed; fails with {@link SuggesterUnavailableException} where the
     *     suggester is not in charge, in which case the action may or may not have taken effect
     */
    <T> CompletableFuture<T> submit(Request.Action<T> action);
}
