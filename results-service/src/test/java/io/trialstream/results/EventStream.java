package io.trialstream.results;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of a stream of events, on a socket of its own. */
final class EventStream implements AutoCloseable {
    private final Socket socket;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /** An event; a comment has no name. */
    record Event(String name, Optional<Long> id, String data, String comment) {}

    private EventStream(Socket socket) {
        this.socket = socket;
    }

    /** Asks for a study's events and reads whatever comes. */
    static EventStream open(int port, String studyId, Optional<Long> lastEventId) throws IOException {
        EventStream stream = new EventStream(request(port, studyId, lastEventId, 1 << 16));
        Thread thread = new Thread(stream::read, "event-stream");
        thread.setDaemon(true);
        thread.start();
        return stream;
    }

    /** Asks for a study's events and reads nothing at all. */
    static Socket openWithoutReading(int port, String studyId) throws IOException {
        return request(port, studyId, Optional.empty(), 4096);
    }

    private static Socket request(int port, String studyId, Optional<Long> lastEventId, int buffer) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(buffer);
        socket.connect(new java.net.InetSocketAddress("localhost", port));
        String request = "GET /api/v1/studies/" + studyId + "/events HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nAccept: text/event-stream\r\n"
                + lastEventId.map(id -> "Last-Event-ID: " + id + "\r\n").orElse("") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    /** Events until one that fits, that one included. */
    List<Event> until(Predicate<Event> last) throws InterruptedException {
        List<Event> seen = new ArrayList<>();
        while (true) {
            Event event = events.poll(60, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("the event did not come after " + seen);
            }
            seen.add(event);
            if (last.test(event)) {
                return seen;
            }
        }
    }

    /** Headers and chunks' sizes are lines that mean nothing here, but for the last size, which is 0. */
    private void read() {
        String name = "";
        Optional<Long> id = Optional.empty();
        StringBuilder data = new StringBuilder();
        String comment = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    name = line.substring(6).trim();
                } else if (line.startsWith("id:")) {
                    id = Optional.of(Long.parseLong(line.substring(3).trim()));
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5));
                } else if (line.startsWith(":")) {
                    comment = line.substring(1).trim();
                } else if (line.equals("0")) {
                    events.add(new Event("closed", Optional.empty(), "", ""));
                } else if (line.isEmpty() && (data.length() > 0 || !comment.isEmpty())) {
                    events.add(new Event(name, id, data.toString(), comment));
                    name = "";
                    id = Optional.empty();
                    data.setLength(0);
                    comment = "";
                }
            }
            events.add(new Event("closed", Optional.empty(), "", ""));
        } catch (IOException e) {
            events.add(new Event("closed", Optional.empty(), e.toString(), ""));
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
