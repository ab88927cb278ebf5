package io.trialstream.cli.stack;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Ends processes in order: the trainers, which first bring their epoch to its end, then the services, then what these
 * stand on. Who does not end in time is killed; the system is made to survive that.
 */
final class ProcessEnd {
    private static final List<Set<Role>> ORDER =
            List.of(Set.of(Role.TRAINER), Set.of(Role.RESULTS, Role.SUGGESTER), Set.of(Role.DATABASE, Role.BROKER));
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private final Consumer<String> narrator;

    ProcessEnd(Consumer<String> narrator) {
        this.narrator = narrator;
    }

    /** Ends those of {@code processes} that live and returns when they are gone. */
    void endInOrder(List<StackProcess> processes) {
        for (Set<Role> roles : ORDER) {
            end(processes.stream()
                    .filter(process -> roles.contains(process.role()))
                    .toList());
        }
    }

    /** Ends those of {@code processes} that live, all at the same time, and returns when they are gone. */
    void end(List<StackProcess> processes) {
        Map<StackProcess, ProcessHandle> living = new LinkedHashMap<>();
        processes.forEach(process -> process.identity().living().ifPresent(handle -> living.put(process, handle)));
        if (living.isEmpty()) {
            return;
        }
        narrator.accept(
                "stopping " + living.keySet().stream().map(StackProcess::name).collect(Collectors.joining(", ")));
        living.values().forEach(ProcessHandle::destroy);
        long started = System.nanoTime();
        living.forEach((process, handle) -> {
            Duration left = process.role().patience().minusNanos(System.nanoTime() - started);
            if (!endsWithin(handle, left)) {
                narrator.accept(process.name() + " did not end within "
                        + process.role().patience().toSeconds() + " s and is killed");
                handle.destroyForcibly();
                endsWithin(handle, AFTER_KILL);
            }
        });
    }

    private static boolean endsWithin(ProcessHandle process, Duration limit) {
        CompletableFuture<ProcessHandle> end = process.onExit();
        try {
            end.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
