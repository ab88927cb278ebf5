package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A process of the system that a test starts, kills, freezes and starts again, always by the same command. */
final class Child {
    private static final long START_LIMIT_SECONDS = 120;
    /** What every JVM is started with. Tests want a quick start, measurements what users run. */
    private static final List<String> JVM =
            List.of(System.getProperty("child.jvm", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss512k")
                    .split(" "));

    private final String name;
    private final Path log;
    private final List<String> command;
    private final Supplier<Map<String, String>> environment;
    private final Ready ready;
    private Process process;

    /** Whether the process serves. */
    interface Ready {
        boolean isReady();
    }

    /** A process that is not started; {@code options} of a start come right after the name of the java program. */
    Child(String name, Path directory, List<String> javaArguments, Ready ready) {
        this(name, directory, javaArguments, Map::of, ready);
    }

    /** The same with variables in its environment that are asked for when it starts. */
    Child(
            String name,
            Path directory,
            List<String> javaArguments,
            Supplier<Map<String, String>> environment,
            Ready ready) {
        this.name = name;
        this.log = directory.resolve(name + ".log");
        this.command = List.copyOf(javaArguments);
        this.environment = environment;
        this.ready = ready;
    }

    String name() {
        return name;
    }

    /** Starts it and returns at once. */
    Child start(String... options) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(JVM);
        line.addAll(List.of(options));
        line.addAll(command);
        try {
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(log.getParent().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment.get());
            process = builder.start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it serves. */
    Child awaitReady() {
        long begun = System.nanoTime();
        while (!ready.isReady()) {
            assertThat(isAlive()).as("%s ended: %s", name, tail()).isTrue();
            assertThat(System.nanoTime() - begun)
                    .as("%s is not ready: %s", name, tail())
                    .isLessThan(TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS));
            pause(Duration.ofMillis(50));
        }
        return this;
    }

    boolean isReady() {
        return ready.isReady();
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** The processor time that it and what it started have used. */
    Duration cpu() {
        return isAlive()
                ? Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .flatMap(handle -> handle.info().totalCpuDuration().stream())
                        .reduce(Duration.ZERO, Duration::plus)
                : Duration.ZERO;
    }

    /** SIGKILL. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** SIGTERM, at once. */
    void terminate() {
        process.destroy();
    }

    /** SIGSTOP. */
    void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    void thaw() {
        signal("CONT");
    }

    /** Whether it is stopped by SIGSTOP, as the kernel says. */
    boolean isFrozen() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).startsWith("T");
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until it has ended. */
    void awaitEnd(Duration atMost) {
        try {
            assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                    .as("%s does not end: %s", name, tail())
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that it has logged. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of its log. */
    String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return "== " + name + "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()))
                    + "\n";
        } catch (IOException e) {
            return name + ": " + e + "\n";
        }
    }

    private void signal(String signal) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(exit).as("kill -%s %s", signal, name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
