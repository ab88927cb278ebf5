package io.trialstream.suggester.loop;

import io.trialstream.contracts.Reason;
import io.trialstream.contracts.StudyState;
import io.trialstream.suggester.study.Draft;
import io.trialstream.suggester.study.Proposer;
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
 * included, and not by the time it takes. A study has one suggestion in the making at most. What it comes to depends on
 * its {@link Draft} alone, however long it takes.
 *
 * <p>The loop waits for suggestions for a moment in each round, which is enough for almost all of them; the others are
 * taken up in a later round. Confined to the suggester's loop.
 */
final class Suggestions implements AutoCloseable {
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final Duration limit;
    private final Duration patience;
    private final Runnable whenMade;
    private final ExecutorService threads = Executors.newCachedThreadPool(Suggestions::thread);
    private final Map<String, Making> byStudy = new HashMap<>();
    private long waitUntilNanos;

    /** A suggestion in the making. */
    private record Making(Proposer proposer, Draft draft, Future<Suggestion> suggestion, long sinceNanos) {}

    /** What there is of a suggestion. */
    sealed interface Answer {
        /** It has been made. */
        record Made(Draft draft, Suggestion suggestion) implements Answer {}

        /** It is being made. */
        record InTheMaking() implements Answer {}

        /** The sampler cannot make it. */
        record Failed(Reason reason) implements Answer {}
    }

    /**
     * Begins with nothing.
     *
     * @param limit how long a suggestion may take
     * @param patience for how long in all a round waits for suggestions
     * @param whenMade is run, on any thread, when a suggestion has been made or has failed
     */
    Suggestions(Duration limit, Duration patience, Runnable whenMade) {
        this.limit = limit;
        this.patience = patience;
        this.whenMade = whenMade;
    }

    /** A round begins, and with it the time for which it waits. */
    void beginRound() {
        waitUntilNanos = System.nanoTime() + patience.toNanos();
    }

    /** The suggestion of the study's next trial; asked for until it is no longer in the making. */
    Answer next(ActiveStudy study) {
        Making making = byStudy.get(study.studyId());
        if (making == null || isObsolete(making, study)) {
            forget(study.studyId());
            making = begin(study);
            byStudy.put(study.studyId(), making);
        }
        Answer answer = await(making, Math.max(0, waitUntilNanos - System.nanoTime()));
        if (!(answer instanceof Answer.InTheMaking)) {
            byStudy.remove(study.studyId());
        }
        return answer;
    }

    /**
     * Looks after a study's suggestion while nobody asks for it: one that nobody will ask for any more is abandoned.
     *
     * @return why the study cannot go on, where its suggestion has failed or takes too long
     */
    Optional<Reason> review(ActiveStudy study) {
        Making making = byStudy.get(study.studyId());
        if (making == null) {
            return Optional.empty();
        }
        if (isObsolete(making, study)) {
            forget(study.studyId());
            return Optional.empty();
        }
        if (!(await(making, 0) instanceof Answer.Failed failed)) {
            return Optional.empty();
        }
        byStudy.remove(study.studyId());
        return Optional.of(failed.reason());
    }

    /** Abandons what is being made for a study. */
    void forget(String studyId) {
        Making making = byStudy.remove(studyId);
        if (making != null) {
            making.suggestion().cancel(true);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Making begin(ActiveStudy study) {
        Proposer proposer = study.proposer();
        Draft draft = Proposer.draft(study.history());
        FutureTask<Suggestion> suggestion = new FutureTask<>(() -> proposer.suggest(draft)) {
            @Override
            protected void done() {
                whenMade.run();
            }
        };
        threads.execute(suggestion);
        return new Making(proposer, draft, suggestion, System.nanoTime());
    }

    private Answer await(Making making, long nanos) {
        try {
            return new Answer.Made(making.draft(), making.suggestion().get(nanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return isOverdue(making) ? tooSlow(making) : new Answer.InTheMaking();
        } catch (ExecutionException e) {
            return failed(making, e.getCause());
        } catch (CancellationException e) {
            return failed(making, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.InTheMaking();
        }
    }

    private boolean isOverdue(Making making) {
        return System.nanoTime() - making.sinceNanos() > limit.toNanos();
    }

    private Answer tooSlow(Making making) {
        making.suggestion().cancel(true);
        return new Answer.Failed(new Reason(
                "SUGGESTION_TOO_SLOW",
                "the sampler was not done with trial " + making.draft().number() + " after " + limit.toMillis() / 1000.0
                        + " s; fewer candidates, or fewer parameters, make it faster"));
    }

    private static Answer failed(Making making, Throwable cause) {
        return new Answer.Failed(new Reason(
                "SUGGESTION_FAILED",
                "the sampler failed at trial " + making.draft().number() + ": " + Faults.describe(cause)));
    }

    /** Whether another trial took the number, the study makes no proposals any more, or its sampler is another one. */
    private static boolean isObsolete(Making making, ActiveStudy study) {
        return study.history().record().state() != StudyState.RUNNING
                || study.history().record().nextNumber() != making.draft().number()
                || study.proposer() != making.proposer();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "suggester-sampler-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
