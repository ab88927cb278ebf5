package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.ScriptedServer.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that runs left. */
class ArtifactsCommandTest {
    private static final String FILES =
            """
            {"items":[
              {"name":"network.svg","runId":"r1","bytes":10,"path":"/files/r1/network.svg"},
              {"name":"network.svg","runId":"r2","bytes":10,"path":"/files/r2/network.svg"},
              {"name":"best-weights.npz","runId":"r1","bytes":4711,"path":"/files/r1/best-weights.npz"}]}""";

    @TempDir
    Path home;

    private ScriptedServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new ScriptedServer(home)
                .answer("GET /api/v1/trials/demo%3A4/artifacts", FILES)
                .answer(
                        "GET /api/v1/trials/demo%3A4",
                        Answers.trial(
                                4,
                                "COMPLETED",
                                ",\"runs\":[{\"runId\":\"r1\",\"stands\":true},{\"runId\":\"r2\",\"stands\":false}]"))
                .answer("GET /files/r1/network.svg", "<svg>1</svg>")
                .answer("GET /files/r2/network.svg", "<svg>2</svg>")
                .answer("GET /files/r1/best-weights.npz", "weights");
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void shouldListThem() {
        assertThat(server.run("artifacts", "demo:4").out().lines())
                .containsExactly(
                        "FILE              BYTES  RUN",
                        "network.svg          10  r1",
                        "network.svg          10  r2",
                        "best-weights.npz   4711  r1");
        assertThat(server.run("artifacts", "demo:4", "--run", "r2").out().lines())
                .hasSize(2);
        assertThat(server.run("artifacts", "demo:4", "--json").out()).contains("\"/files/r1/best-weights.npz\"");
    }

    @Test
    void shouldDownloadThatOfTheRunThatCounts() throws Exception {
        Path file = home.resolve("net.svg");

        assertThat(server.run("artifacts", "demo:4", "network.svg", "-o", file.toString())
                        .exitCode())
                .isZero();
        assertThat(file).hasContent("<svg>1</svg>");
        assertThat(server.run("artifacts", "demo:4", "network.svg", "--run", "r2", "-o", "-")
                        .out())
                .isEqualTo("<svg>2</svg>");
    }

    @Test
    void shouldNotReplaceAFileUnasked() throws Exception {
        Path file = Files.writeString(home.resolve("weights"), "mine");

        Ran ran = server.run("artifacts", "demo:4", "best-weights.npz", "-o", file.toString());

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("already exists").contains("--force");
        assertThat(file).hasContent("mine");
    }

    @Test
    void shouldSayWhichFileIsMissing() {
        assertThat(server.run("artifacts", "demo:4", "weights").err())
                .contains("demo:4 has no file 'weights'")
                .contains("trialstream artifacts demo:4");
    }
}
