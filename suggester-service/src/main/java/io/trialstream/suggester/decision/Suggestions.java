package io.trialstream.suggester.decision;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.ReasonCode;
import io.trialstream.contracts.StudyState;
import io.trialstream.suggester.state.ActiveStudy;
import io.trialstream.suggester.state.Draft;
import io.trialstream.suggester.state.Proposer;
import io.trialstream.tpe.Suggestion;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Computes suggestions on threads of their own, so that no sampler can stop the loop: not by what it throws, errors
 * included, and not by the time it takes. At most one suggestion of a study is computed at a time. Its result depends on
 * its {@link Draft} alone, however long it takes.
 *
 * <p>In each round the loop waits a moment for suggestions, which is enough for almost all of them; the others are used
 * in a later round. Confined to the suggester's loop.
 */
public final class Suggestions implements AutoCloseable {
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Duration limit;
    private final Duration patience;
    private final Runnable onReady;
    private final ExecutorService threads = Executors.newCachedThreadPool(Suggestions::thread);
    private final Map<String, Computation> byStudy = new HashMap<>();
    private long waitUntilNanos;

    /** A suggestion that is being computed. */
    private record Computation(Proposer proposer, Draft draft, Future<Suggestion> result, long sinceNanos) {}

    /** What is known of a suggestion. */
    sealed interface Answer {
        /** Calls the visitor's method for this case. */
        void visit(Visitor visitor);

        /** One method for each case. */
        interface Visitor {
            void ready(Ready ready);

            void pending();

            void failed(Failed failed);
        }

        /** It is there. */
        record Ready(Draft draft, Suggestion suggestion) implements Answer {
            @Override
            public void visit(Visitor visitor) {
                visitor.ready(this);
            }
        }

        /** It is being computed. */
        record Pending() implements Answer {
            @Override
            public void visit(Visitor visitor) {
                visitor.pending();
            }
        }

        /** The sampler cannot compute it. */
        record Failed(Reason reason) implements Answer {
            @Override
            public void visit(Visitor visitor) {
                visitor.failed(this);
            }
        }
    }

    /**
     * Begins with nothing.
     *
     * @param limit how long a suggestion may take
     * @param patience for how long in all a round waits for suggestions
     * @param onReady is run, on any thread, when a suggestion is ready or has failed
     */
    public Suggestions(Duration limit, Duration patience, Runnable onReady) {
        this.limit = limit;
        this.patience = patience;
        this.onReady = onReady;
    }

    /** A round begins, and with it the time for which it waits. */
    void beginRound() {
        waitUntilNanos = System.nanoTime() + patience.toNanos();
    }

    /** The suggestion of the study's next trial; asked for again while it is pending. */
    Answer next(ActiveStudy study) {
        Computation computation = byStudy.get(study.studyId());
        if (computation == null || isObsolete(computation, study)) {
            cancel(study.studyId());
            computation = begin(study);
            byStudy.put(study.studyId(), computation);
        }
        Answer answer = await(computation, Math.max(0, waitUntilNanos - System.nanoTime()));
        if (!(answer instanceof Answer.Pending)) {
            byStudy.remove(study.studyId());
        }
        return answer;
    }

    /**
     * Looks after a study's suggestion while nobody asks for it, and cancels one that nobody will ask for any more.
     *
     * @return why the study cannot go on, where its suggestion has failed or takes too long
     */
    Optional<Reason> review(ActiveStudy study) {
        Computation computation = byStudy.get(study.studyId());
        if (computation == null) {
            return Optional.empty();
        }
        if (isObsolete(computation, study)) {
            cancel(study.studyId());
            return Optional.empty();
        }
        if (!(await(computation, 0) instanceof Answer.Failed failed)) {
            return Optional.empty();
        }
        byStudy.remove(study.studyId());
        return Optional.of(failed.reason());
    }

    /** Cancels what is being computed for a study. */
    void cancel(String studyId) {
        Computation computation = byStudy.remove(studyId);
        if (computation != null) {
            computation.result().cancel(true);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Computation begin(ActiveStudy study) {
        Proposer proposer = study.proposer();
        Draft draft = Proposer.draft(study.history());
        FutureTask<Suggestion> result = new FutureTask<>(() -> proposer.suggest(draft)) {
            @Override
            protected void done() {
                onReady.run();
            }
        };
        threads.execute(result);
        return new Computation(proposer, draft, result, System.nanoTime());
    }

    private Answer await(Computation computation, long nanos) {
        try {
            return new Answer.Ready(computation.draft(), computation.result().get(nanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return isOverdue(computation) ? tooSlow(computation) : new Answer.Pending();
        } catch (ExecutionException e) {
            return failed(computation, e.getCause());
        } catch (CancellationException e) {
            return failed(computation, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Pending();
        }
    }

    private boolean isOverdue(Computation computation) {
        return System.nanoTime() - computation.sinceNanos() > limit.toNanos();
    }

    private Answer tooSlow(Computation computation) {
        computation.result().cancel(true);
        return new Answer.Failed(Reason.of(
                ReasonCode.SUGGESTION_TOO_SLOW,
                "the sampler was not done with trial " + computation.draft().number() + " after "
                        + limit.toMillis() / 1000.0 + " s; fewer candidates, or fewer parameters, make it faster"));
    }

    private static Answer failed(Computation computation, Throwable cause) {
        return new Answer.Failed(Reason.of(
                ReasonCode.SUGGESTION_FAILED,
                "the sampler failed at trial " + computation.draft().number() + ": " + Faults.describe(cause)));
    }

    /** Whether another trial took the number, the study makes no proposals any more, or its sampler is another one. */
    private static boolean isObsolete(Computation computation, ActiveStudy study) {
        return study.history().record().state() != StudyState.RUNNING
                || study.history().record().nextNumber() != computation.draft().number()
                || study.proposer() != computation.proposer();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "suggester-sampler-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
