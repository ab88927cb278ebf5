package io.trialstream.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user's proxy for the world is not asked for servers of this machine. */
class ProxyTest {
    private final ProxySelector before = ProxySelector.getDefault();
    private HttpServer server;

    @BeforeEach
    void sendEverythingToAProxyThatIsNotThere() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{\"items\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", 1)));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                // As expected.
            }
        });
    }

    @AfterEach
    void restore() {
        ProxySelector.setDefault(before);
        server.stop(0);
    }

    @Test
    void shouldReachThisMachineWithoutTheProxy() {
        int port = server.getAddress().getPort();

        assertThat(new TrialstreamClient("http://127.0.0.1:" + port).studies()).isEmpty();
        assertThat(new TrialstreamClient("http://localhost:" + port + "/").studies())
                .isEmpty();
    }

    @Test
    void shouldAskTheProxyForOtherMachines() {
        assertThatThrownBy(() -> new TrialstreamClient("http://192.0.2.1").studies())
                .isInstanceOf(UnreachableException.class);
    }
}
