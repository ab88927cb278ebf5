package io.trialstream.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    @Test
    void shouldAnswerDifferentPortsBelowTheEphemeralRange() {
        assertThat(FreePorts.several(5))
                .hasSize(5)
                .doesNotHaveDuplicates()
                .allMatch(port -> port >= 20_000 && port < 32_000);
    }

    @Test
    void shouldSeeThatAPortIsTaken() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            assertThat(FreePorts.isFree(port)).isFalse();
        }
        assertThat(FreePorts.isFree(port)).isTrue();
    }

    @Test
    void shouldRefuseTwoEqualBrokerPorts() {
        assertThatThrownBy(() -> new BrokerPorts(9092, 9092)).hasMessageContaining("9092");
        assertThatThrownBy(() -> new BrokerPorts(0, 9092)).hasMessageContaining("client");
    }
}
