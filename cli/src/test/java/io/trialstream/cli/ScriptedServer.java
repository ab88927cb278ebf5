package io.trialstream.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trialstream.cli.stack.Installation;
import io.trialstream.cli.view.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that gives agreed answers, and the commands that are run against it. */
final class ScriptedServer implements AutoCloseable {
    /** What a command did. */
    record Ran(int exitCode, String out, String err) {}

    private record Answer(int status, Map<String, String> headers, String body) {}

    private final Path home;
    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    ScriptedServer(Path home) throws IOException {
        this.home = home;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Answers a request line, such as {@code GET /api/v1/studies}, with 200; of several answers the last one stays. */
    ScriptedServer answer(String request, String... agreed) {
        for (String body : agreed) {
            add(request, new Answer(200, Map.of(), body));
        }
        return this;
    }

    ScriptedServer answerFile(String request, String name, String body) {
        add(request, new Answer(200, Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""), body));
        return this;
    }

    ScriptedServer refuse(String request, int status, String body) {
        add(request, new Answer(status, Map.of(), body));
        return this;
    }

    private void add(String request, Answer answer) {
        answers.computeIfAbsent(request, key -> new ArrayDeque<>()).add(answer);
    }

    List<String> requests() {
        return requests;
    }

    List<String> bodies() {
        return bodies;
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Runs a command against this server. */
    Ran run(String... arguments) {
        return runTyping("", arguments);
    }

    Ran runTyping(String typed, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--url");
        all.add(origin());
        return run(home, typed, all.toArray(String[]::new));
    }

    /** Runs a command that asks no server. */
    static Ran run(Path home, String typed, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                false,
                120);
        int exitCode = Trialstream.commandLine(new Session(terminal, new Installation(home), Duration.ofMillis(5)))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Ran(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(line);
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Answer answer = next(line);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private synchronized Answer next(String line) {
        Deque<Answer> agreed = answers.getOrDefault(line, new ArrayDeque<>());
        if (agreed.isEmpty()) {
            return new Answer(404, Map.of(), "{\"title\":\"not agreed: " + line + "\"}");
        }
        return agreed.size() > 1 ? agreed.poll() : agreed.peek();
    }
}
