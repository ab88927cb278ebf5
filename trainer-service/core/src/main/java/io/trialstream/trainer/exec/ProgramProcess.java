package io.trialstream.trainer.exec;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that runs, with all that it has started. It leads a session and a process group of its own, which is ended
 * as a whole. A watcher in the group waits for the end of its standard input, which this process holds open: should the
 * trainer be killed, or the program end before its children, the group goes with it. Where a system has no {@code
 * setsid}, descendants are ended one by one.
 */
final class ProgramProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramProcess.class);
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Path PROC = Path.of("/proc");
    private static final boolean GROUPS = Files.isExecutable(SETSID);
    private static final String WATCHED =
            "exec 3<&0; (exec >/dev/null 2>&1; read -r _ <&3; kill -KILL 0) & exec \"$@\" </dev/null 3<&-";
    private static final int SIGNALLED = 128;

    private final Process process;

    private ProgramProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a program whose output is appended to a file.
     *
     * @throws IOException if it cannot be started
     */
    static ProgramProcess start(List<String> command, Path directory, Map<String, String> variables, Path output)
            throws IOException {
        List<String> line = new ArrayList<>();
        if (GROUPS) {
            line.addAll(List.of(SETSID.toString(), "sh", "-c", WATCHED, "sh"));
        }
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().clear();
        builder.environment().putAll(variables);
        return new ProgramProcess(builder.start());
    }

    /** Waits for its end, but no longer than this; whether it has ended. */
    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit status, once it has ended. */
    int exitStatus() {
        return process.exitValue();
    }

    /** How it ended, for people: {@code exit status 1} or the signal. */
    static String describe(int status) {
        return switch (status) {
            case SIGNALLED + 6 -> "SIGABRT";
            case SIGNALLED + 7 -> "SIGBUS";
            case SIGNALLED + 9 -> "SIGKILL";
            case SIGNALLED + 11 -> "SIGSEGV";
            case SIGNALLED + 15 -> "SIGTERM";
            default -> status > SIGNALLED ? "signal " + (status - SIGNALLED) : "exit status " + status;
        };
    }

    /** Asks it and all that it has started to end. */
    void terminate() {
        signal("TERM");
    }

    /** Ends the program and all that it has started at once. */
    void kill() {
        signal("KILL");
        process.destroyForcibly();
    }

    /** The memory that its processes have for themselves, where the system tells. */
    long memoryBytes() {
        long kibibytes = 0;
        for (Path member : members()) {
            try {
                for (String line : Files.readAllLines(member.resolve("status"))) {
                    if (line.startsWith("RssAnon:") || line.startsWith("RssShmem:")) {
                        kibibytes += Long.parseLong(line.replaceAll("\\D", ""));
                    }
                }
            } catch (IOException gone) {
                // It has ended meanwhile.
            }
        }
        return kibibytes << 10;
    }

    @Override
    public void close() {
        kill();
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // So has the watcher.
        }
    }

    private void signal(String name) {
        if (!GROUPS) {
            Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(one -> {
                if (name.equals("KILL")) {
                    one.destroyForcibly();
                } else {
                    one.destroy();
                }
            });
            return;
        }
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " -" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(new File("/dev/null"))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            LOG.warn("process group {} cannot be ended: {}", process.pid(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Path> members() {
        if (!Files.isDirectory(PROC)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(PROC)) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+"))
                    .filter(this::isMember)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** After the name in parentheses come state, parent and group. Zombies count for nothing. */
    private boolean isMember(Path path) {
        try {
            String stat = Files.readString(path.resolve("stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return !fields[0].equals("Z") && Long.parseLong(fields[2]) == process.pid();
        } catch (IOException gone) {
            return false;
        }
    }
}
