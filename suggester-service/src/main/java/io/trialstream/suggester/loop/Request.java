package io.trialstream.suggester.loop;

import io.trialstream.suggester.pool.Trainers;
import java.util.concurrent.CompletableFuture;

/**
 * A user's request, performed on the suggester's loop and answered after its changes are committed.
 *
 * @param action what to do
 * @param answer completes with the result, or fails
 */
record Request<T>(Action<T> action, CompletableFuture<T> answer) {

    /** What a request does to the state. It throws, before it changes anything, where the request cannot be served. */
    interface Action<T> {
        T perform(Desk desk, Changes changes);
    }

    /** What a request may use. */
    record Desk(Studies studies, Trainers trainers, Decisions decisions) {}

    static <T> Request<T> of(Action<T> action) {
        return new Request<>(action, new CompletableFuture<>());
    }

    /** Performs the action; what is returned is to be run after the commit. */
    Runnable perform(Desk desk, Changes changes) {
        try {
            T result = action.perform(desk, changes);
            return () -> answer.complete(result);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return () -> answer.completeExceptionally(e);
        }
    }

    void fail(RuntimeException cause) {
        answer.completeExceptionally(cause);
    }
}
