package io.trialstream.system;

import io.trialstream.contracts.testing.Needed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A local stack whose trainers may start the programs of {@code examples/}, and a slow one of them. */
final class ProgramsStack {
    /** Trains {@code blobs} with epochs of a second. */
    static final String SLOW = "slow";

    private static final Path HOME = Path.of(System.getProperty("trialstream.home"));
    private static RunningStack shared;

    private ProgramsStack() {}

    /** One with one trainer for all tests of this JVM, which leave it as they found it; it ends with the JVM. */
    static synchronized RunningStack shared() {
        if (shared == null) {
            Needed.isThere(
                    isPython(), "no Python: install Debian's packages python3 and python3-venv, or any from 3.9 on");
            List<String> options = new ArrayList<>();
            for (String name : List.of("blobs", "shell", "java")) {
                options.addAll(List.of("--program", name + "=" + example(name)));
            }
            options.addAll(List.of(
                    "--program",
                    SLOW + "=env EPOCH_SECONDS=1 PYTHONPATH=" + HOME.resolve("python/src") + " python3 "
                            + example("blobs").resolve("train.py")));
            shared = RunningStack.start(1, Map.of(), options);
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** The folder of an example. */
    static Path example(String name) {
        return HOME.resolve("examples").resolve(name);
    }

    /** The Python package's sources. */
    static Path python() {
        return HOME.resolve("python");
    }

    private static boolean isPython() {
        try {
            Process version =
                    new ProcessBuilder("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 9))").start();
            return version.waitFor(30, TimeUnit.SECONDS) && version.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
