package io.trialstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DownloadProbeTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicLong nanos = new AtomicLong();
    private HttpServer server;
    private DownloadProbe probe;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        probe = new DownloadProbe(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/data.tar.gz"), nanos::get);
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void shouldCountAsReachableUntilTheAddressHasAnswered() {
        assertThat(probe.isReachable()).isTrue();
        assertThat(probe.ask().join()).isTrue();
        assertThat(probe.isReachable()).isTrue();
    }

    @Test
    void shouldNotBeReachableWhereTheAddressRefuses() {
        status.set(404);

        assertThat(probe.ask().join()).isFalse();
        assertThat(probe.isReachable()).isFalse();
    }

    @Test
    void shouldNotBeReachableWhereNobodyListens() {
        server.stop(0);

        assertThat(probe.ask().join()).isFalse();
        assertThat(probe.isReachable()).isFalse();
    }

    @Test
    void shouldAskAgainOnlyOnceTheAnswerIsOld() {
        status.set(503);
        probe.ask().join();
        probe.isReachable();
        assertThat(asked).hasValue(1);

        status.set(200);
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());

        assertThat(probe.ask().join()).isTrue();
        assertThat(probe.isReachable()).isTrue();
        assertThat(asked).hasValue(2);
    }
}
