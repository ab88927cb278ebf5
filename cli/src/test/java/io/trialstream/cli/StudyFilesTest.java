package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleting studies and taking them elsewhere. */
class StudyFilesTest {
    private static final String STUDY =
            """
            {"studyId":"demo-6f1c2a","name":"demo","state":"RUNNING",
             "objective":{"metric":"fine_accuracy","direction":"maximize"},"budget":{"trials":8},
             "trials":{"queued":0,"running":0,"completed":3,"pruned":0,"infeasible":0,"failed":0,"cancelled":0},
             "createdAt":"2026-11-23T10:00:00Z"}""";

    @TempDir
    Path directory;

    private final Map<String, String> answers = Map.of(
            "GET /api/v1/studies/demo", STUDY,
            "DELETE /api/v1/studies/demo-6f1c2a", STUDY,
            "GET /api/v1/studies/demo/trials.csv", "trialId,number\r\ndemo:0,0\r\n");
    private final List<String> requests = new ArrayList<>();
    private final StringWriter err = new StringWriter();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void shouldDeleteAStudyWhoseNameIsTyped() {
        assertThat(run("demo\n", "study", "delete", "demo")).isZero();

        assertThat(requests).contains("DELETE /api/v1/studies/demo-6f1c2a");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("type its name")
                .contains("is deleted");
    }

    @Test
    void shouldNotDeleteWhatWasNotMeant() {
        assertThat(run("no\n", "study", "delete", "demo")).isEqualTo(1);
        assertThat(run("", "study", "delete", "demo")).isEqualTo(1);
        assertThat(run("", "study", "delete", "demo", "--yes", "other")).isEqualTo(1);

        assertThat(requests).noneMatch(request -> request.startsWith("DELETE"));
        assertThat(err.toString()).contains("not deleted").contains("--yes demo");
    }

    @Test
    void shouldDeleteWithoutAskingWhereTheNameIsGiven() {
        assertThat(run("", "study", "delete", "demo", "--yes", "demo")).isZero();

        assertThat(requests).contains("DELETE /api/v1/studies/demo-6f1c2a");
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("type its name");
    }

    @Test
    void shouldExportToAFileThatIsNotThereYet() throws IOException {
        Path file = directory.resolve("demo.csv");

        assertThat(run("", "export", "demo", "--output", file.toString())).isZero();
        assertThat(Files.readString(file)).isEqualTo("trialId,number\r\ndemo:0,0\r\n");
        assertThat(run("", "export", "demo", "--output", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("--force");
        assertThat(run("", "export", "demo", "--output", file.toString(), "--force"))
                .isZero();
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void shouldTellWhyAnExportIsRefused() {
        Path file = directory.resolve("demo.zip");

        assertThat(run("", "export", "demo", "--format", "seed", "-o", file.toString()))
                .isEqualTo(1);

        assertThat(err.toString()).contains("not agreed");
        assertThat(file).doesNotExist();
    }

    private int run(String typed, String... arguments) {
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                false,
                100);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--url");
        all.add("http://127.0.0.1:" + server.getAddress().getPort());
        return Trialstream.commandLine(new Session(terminal, new Installation(directory)))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(line);
        String agreed = answers.get(line);
        byte[] body = (agreed == null ? "{\"title\":\"not agreed\",\"status\":409}" : agreed)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(agreed == null ? 409 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
