package io.trialstream.suggester.command;

import io.trialstream.suggester.decision.PendingCommit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Performs requests at once and commits nothing. */
public final class DirectExecutor implements CommandExecutor {
    private final RequestContext context;
    private PendingCommit commit = new PendingCommit();

    /** Requests are performed in this context. */
    public DirectExecutor(RequestContext context) {
        this.context = context;
    }

    @Override
    public <T> CompletableFuture<T> submit(Request.Action<T> action) {
        Request<T> request = Request.of(action);
        commit = new PendingCommit();
        request.perform(context, commit).run();
        return request.answer();
    }

    /** What the newest request would have committed. */
    public PendingCommit commit() {
        return commit;
    }

    /** An answer, or the exception that it fails with. */
    public static <T> T answer(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
