package io.trialstream.benchmarks.results;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Requests at a fixed rate, whether or not the ones before are answered: a request that has to wait for its turn counts
 * from when it was due. Plain sockets, so that the client takes little of the machine that it shares with the server.
 */
final class HttpLoad {
    private static final int CONNECTIONS = 32;

    private final int port;

    HttpLoad(int port) {
        this.port = port;
    }

    /**
     * What came of it.
     *
     * @param times from when a request was due to the last byte of its answer
     * @param bytes of all bodies
     * @param failures answers other than 200
     */
    record Result(Percentiles times, long bytes, int failures) {}

    /** Sends {@code count} requests, {@code perSecond} of them each second. */
    Result run(IntFunction<String> path, int perSecond, int count) throws InterruptedException, ExecutionException {
        long[] nanos = new long[count];
        AtomicInteger next = new AtomicInteger();
        AtomicLong bytes = new AtomicLong();
        AtomicInteger failures = new AtomicInteger();
        long start = System.nanoTime() + 100_000_000L;
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            running.add(threads.submit(() -> {
                try (Connection connection = new Connection(port)) {
                    for (int request = next.getAndIncrement(); request < count; request = next.getAndIncrement()) {
                        long due = start + request * 1_000_000_000L / perSecond;
                        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                            LockSupport.parkNanos(wait);
                        }
                        int length = connection.get(path.apply(request));
                        nanos[request] = System.nanoTime() - due;
                        bytes.addAndGet(Math.max(0, length));
                        failures.addAndGet(length < 0 ? 1 : 0);
                    }
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        threads.shutdown();
        return new Result(Percentiles.of(nanos), bytes.get(), failures.get());
    }

    /** One connection that is kept. */
    private static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;
        private final byte[] buffer = new byte[1 << 16];

        Connection(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        }

        /** The length of the body, or -1 for another answer than 200. */
        int get(String path) throws IOException {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String status = line();
            int length = 0;
            boolean chunked = false;
            for (String header = line(); !header.isEmpty(); header = line()) {
                if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                    length = Integer.parseInt(header.substring(15).trim());
                }
                chunked |= header.equalsIgnoreCase("transfer-encoding: chunked");
            }
            if (chunked) {
                for (int chunk = chunk(); chunk > 0; chunk = chunk()) {
                    length += chunk;
                    skip(chunk);
                    line();
                }
                line();
            } else {
                skip(length);
            }
            return status.contains(" 200") ? length : -1;
        }

        private int chunk() throws IOException {
            return Integer.parseInt(line().trim(), 16);
        }

        private void skip(int bytes) throws IOException {
            for (int left = bytes; left > 0; ) {
                int read = in.read(buffer, 0, Math.min(left, buffer.length));
                if (read < 0) {
                    throw new IOException("the answer ended early");
                }
                left -= read;
            }
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the server closed the connection");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
