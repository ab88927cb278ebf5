package io.trialstream.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.infrastructure.FreePorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackPortsTest {
    @TempDir
    Path root;

    private StackDirectory directory;

    @BeforeEach
    void createDirectory() {
        directory = new StackDirectory(root);
        directory.create();
    }

    @Test
    void shouldKeepAPortForTheNextStart() {
        int port = new StackPorts(directory).free("results.http");

        assertThat(new StackPorts(directory).free("results.http")).isEqualTo(port);
        assertThat(new StackPorts(directory).free("broker")).isNotEqualTo(port);
    }

    @Test
    void shouldChooseAnotherPortWhereTheOldOneIsTaken() throws Exception {
        int port = new StackPorts(directory).free("broker");
        try (ServerSocket somebody = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(new StackPorts(directory).free("broker")).isNotEqualTo(somebody.getLocalPort());
        }
    }

    @Test
    void shouldRefuseAGivenPortThatIsTaken() throws Exception {
        int given = FreePorts.one();
        new StackPorts(directory).set("results.http", given);
        assertThat(new StackPorts(directory).free("results.http")).isEqualTo(given);

        try (ServerSocket somebody = new ServerSocket(given, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new StackPorts(directory).set("results.http", somebody.getLocalPort()))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining(String.valueOf(given));
        }
    }
}
