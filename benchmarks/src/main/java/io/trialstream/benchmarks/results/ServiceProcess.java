package io.trialstream.benchmarks.results;

import io.trialstream.infrastructure.DatabaseAccess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged results service as a process of its own. */
final class ServiceProcess implements AutoCloseable {
    private static final long START_LIMIT_MILLIS = 180_000;

    private final Process process;
    private final int port;

    private ServiceProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it and waits until it has made its tables and answers. */
    static ServiceProcess start(
            Path jar, List<String> options, String bootstrapServers, DatabaseAccess database, Path log)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.addAll(options);
        command.add("-Dquarkus.http.port=" + port);
        command.add("-Dquarkus.management.port=" + freePort());
        command.add("-Dkafka.bootstrap.servers=" + bootstrapServers);
        command.add("-Dquarkus.datasource.jdbc.url=" + database.url());
        command.add("-Dquarkus.datasource.username=" + database.username());
        command.add("-Dtrialstream.artifacts.directory=" + log.resolveSibling("artifacts"));
        command.add("-jar");
        command.add(jar.toString());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("QUARKUS_DATASOURCE_PASSWORD", database.password());
        Process process = builder.start();
        ServiceProcess started = new ServiceProcess(process, port);
        long deadline = System.currentTimeMillis() + START_LIMIT_MILLIS;
        while (!started.answers()) {
            if (!process.isAlive() || System.currentTimeMillis() > deadline) {
                started.close();
                throw new IOException("the results service did not start, see " + log);
            }
            Thread.sleep(200);
        }
        return started;
    }

    int port() {
        return port;
    }

    /** For its processor time. */
    ProcessHandle handle() {
        return process.toHandle();
    }

    private boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/api/v1/studies")
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(500);
            connection.setReadTimeout(2_000);
            return connection.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
