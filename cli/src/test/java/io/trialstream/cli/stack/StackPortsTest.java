package io.trialstream.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.infrastructure.FreePorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackPortsTest {
    @TempDir
    Path root;

    private final List<String> told = new ArrayList<>();
    private StackDirectory directory;

    @BeforeEach
    void createDirectory() {
        directory = new StackDirectory(root);
        directory.create();
    }

    @Test
    void shouldKeepAPortForTheNextStart() {
        int port = ports().free("results.http");

        assertThat(ports().free("results.http")).isEqualTo(port);
        assertThat(ports().free("broker")).isNotEqualTo(port);
    }

    @Test
    void shouldChooseAnotherPortWhereTheOldOneIsTaken() throws Exception {
        int port = ports().free("broker");
        try (ServerSocket somebody = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ports().free("broker")).isNotEqualTo(somebody.getLocalPort());
        }
        assertThat(told)
                .containsExactly(
                        "port " + port + " of broker is taken by another process; now " + ports().free("broker"));
    }

    @Test
    void shouldNotMoveAProcessWhoseAddressOthersKnow() throws Exception {
        int port = ports().free("broker");
        assertThat(ports().kept("broker")).isEqualTo(port);

        try (ServerSocket somebody = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> ports().kept("broker"))
                    .isInstanceOf(StackException.class)
                    .hasMessage("port " + somebody.getLocalPort() + " of broker is taken by another process");
        }
        assertThat(ports().kept("broker")).isEqualTo(port);
    }

    @Test
    void shouldRefuseAGivenPortThatIsTaken() throws Exception {
        int given = FreePorts.one();
        ports().set("results.http", given);
        assertThat(ports().free("results.http")).isEqualTo(given);

        try (ServerSocket somebody = new ServerSocket(given, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> ports().set("results.http", somebody.getLocalPort()))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining(String.valueOf(given));
        }
    }

    private StackPorts ports() {
        return new StackPorts(directory, told::add);
    }
}
