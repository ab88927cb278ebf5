package io.trialstream.trainer.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * One file over HTTP into a directory. What an interrupted attempt left ({@code NAME.part}) is continued with a range
 * request, by this call after a broken connection and by any later call; a server without ranges sends it from the
 * start.
 */
final class ResumableDownload {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);
    private static final int FRUITLESS_ATTEMPTS = 3;
    private static final int PROGRESS_BYTES = 1 << 20;

    private final URI address;
    private final DownloadProgress progress;

    ResumableDownload(URI address, DownloadProgress progress) {
        this.address = address;
        this.progress = progress;
    }

    /**
     * @return the target, complete by the length the server gave
     * @throws IOException if the server cannot be reached, refuses, or three attempts in a row bring no byte
     */
    Path into(Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        IOException last = new IOException(address + " sends nothing");
        int fruitless = 0;
        while (fruitless < FRUITLESS_ATTEMPTS) {
            long before = sizeOf(part);
            try {
                if (fetch(part)) {
                    return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
                }
                last = new IOException(address + " ends early, at " + sizeOf(part) + " bytes");
            } catch (HttpRefusal e) {
                throw e;
            } catch (IOException e) {
                last = e;
            }
            fruitless = sizeOf(part) > before ? 0 : fruitless + 1;
        }
        throw last;
    }

    /** Whether the part is complete after one request. */
    private boolean fetch(Path part) throws IOException {
        long have = sizeOf(part);
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
        connection.setReadTimeout((int) READ_TIMEOUT.toMillis());
        if (have > 0) {
            connection.setRequestProperty("Range", "bytes=" + have + "-");
        }
        try {
            return switch (connection.getResponseCode()) {
                case HttpURLConnection.HTTP_OK -> append(connection, part, 0);
                case HttpURLConnection.HTTP_PARTIAL -> append(connection, part, have);
                case 416 -> restarted(part);
                default -> throw new HttpRefusal(address + " answered " + connection.getResponseCode());
            };
        } finally {
            connection.disconnect();
        }
    }

    private boolean append(HttpURLConnection connection, Path part, long from) throws IOException {
        long announced = connection.getContentLengthLong();
        OptionalLong total = announced < 0 ? OptionalLong.empty() : OptionalLong.of(from + announced);
        long bytes = from;
        long reported = from;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = connection.getInputStream();
                OutputStream out = opened(part, from)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                bytes += read;
                if (bytes - reported >= PROGRESS_BYTES) {
                    progress.downloaded(bytes, total);
                    reported = bytes;
                }
            }
        }
        progress.downloaded(bytes, total);
        return total.isEmpty() || bytes == total.getAsLong();
    }

    private static OutputStream opened(Path part, long from) throws IOException {
        return from == 0
                ? Files.newOutputStream(part)
                : Files.newOutputStream(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** The part is longer than the file: it is of something else. */
    private static boolean restarted(Path part) throws IOException {
        Files.delete(part);
        return false;
    }

    private static long sizeOf(Path part) throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    /** An answer that no further attempt would change. */
    private static final class HttpRefusal extends IOException {

        private static final long serialVersionUID = 1L;

        HttpRefusal(String message) {
            super(message);
        }
    }
}
