package io.trialstream.trainer.dataset;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Whether an address answers, without waiting for it: each look returns what the last answer was and asks again where
 * that is old. Until the first answer the address counts as answering. Thread-safe.
 */
final class DownloadProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int CLIENT_ERROR = 400;

    private final URI address;
    private final LongSupplier nanoTime;
    /** Guarded by this: the last question, answered or not. */
    private CompletableFuture<Boolean> asked;
    /** Guarded by this. */
    private long askedAt;

    private volatile boolean reachable = true;

    DownloadProbe(URI address) {
        this(address, System::nanoTime);
    }

    DownloadProbe(URI address, LongSupplier nanoTime) {
        this.address = address;
        this.nanoTime = nanoTime;
    }

    /** What the last answer was. */
    boolean isReachable() {
        ask();
        return reachable;
    }

    /** The question under way or answered last; completes with whether the address answers. */
    synchronized CompletableFuture<Boolean> ask() {
        long now = nanoTime.getAsLong();
        if (asked == null || asked.isDone() && now - askedAt > FRESH.toNanos()) {
            askedAt = now;
            asked = head().thenApply(answers -> {
                reachable = answers;
                return answers;
            });
        }
        return asked;
    }

    private CompletableFuture<Boolean> head() {
        HttpRequest head = HttpRequest.newBuilder(address)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        return HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()
                .sendAsync(head, BodyHandlers.discarding())
                .handle((answer, failure) -> failure == null && answer.statusCode() < CLIENT_ERROR);
    }
}
