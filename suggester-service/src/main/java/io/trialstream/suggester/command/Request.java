package io.trialstream.suggester.command;

import io.trialstream.suggester.decision.PendingCommit;
import java.util.concurrent.CompletableFuture;

/**
 * A user's request, performed on the suggester's loop and answered after its changes are committed.
 *
 * @param action what to do
 * @param answer completes with the result, or fails
 */
public record Request<T>(Action<T> action, CompletableFuture<T> answer) {

    /** What a request does to the state. */
    public interface Action<T> {

        /** Does it; where the request cannot be served it throws before it has changed anything. */
        T perform(RequestContext context, PendingCommit commit);
    }

    /** A request that waits for its answer. */
    public static <T> Request<T> of(Action<T> action) {
        return new Request<>(action, new CompletableFuture<>());
    }

    /** Performs the action; what is returned is to be run after the commit. */
    public Runnable perform(RequestContext context, PendingCommit commit) {
        try {
            T result = action.perform(context, commit);
            return () -> answer.complete(result);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return () -> answer.completeExceptionally(e);
        }
    }

    /** Answers with a failure. */
    public void fail(RuntimeException cause) {
        answer.completeExceptionally(cause);
    }
}
