package io.trialstream.benchmarks.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The processor time of the service and of its database: what a request costs also on a machine that others use. The
 * database's is that of its processes that live, so connections must last longer than the measurement.
 *
 * @param service of the service's process
 * @param database of the server's processes
 */
record CpuTimes(Duration service, Duration database) {

    /** Up to now. */
    static CpuTimes now(ServiceProcess service, Path databaseDirectory) throws IOException {
        Path pid = databaseDirectory.resolve("data").resolve("postmaster.pid");
        ProcessHandle server =
                ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0))).orElseThrow();
        return new CpuTimes(
                of(service.handle()),
                Stream.concat(Stream.of(server), server.descendants())
                        .map(CpuTimes::of)
                        .reduce(Duration.ZERO, Duration::plus));
    }

    private static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What each of {@code count} things took since then, in milliseconds, as cells of a table. */
    String cellsSince(CpuTimes before, int count) {
        return String.format(
                Locale.ROOT,
                "%.2f | %.2f",
                service.minus(before.service).toNanos() / 1e6 / count,
                database.minus(before.database).toNanos() / 1e6 / count);
    }
}
