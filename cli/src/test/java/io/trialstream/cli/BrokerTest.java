package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.messaging.KafkaConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class BrokerTest {
    private static final String SECURED =
            "bootstrap.servers=kafka:9093\nsecurity.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n";

    @TempDir
    Path directory;

    @Test
    void shouldTakeEverythingFromTheSettingsFile() throws IOException {
        KafkaConnection connection =
                connection(null, "--kafka-config", file(SECURED).toString());

        assertThat(connection.settings())
                .containsEntry("bootstrap.servers", "kafka:9093")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "PLAIN");
    }

    @Test
    void shouldFindTheSettingsFileInTheEnvironment() throws IOException {
        assertThat(connection(file(SECURED).toString()).settings()).containsEntry("security.protocol", "SASL_SSL");
    }

    @Test
    void shouldPreferTheAddressOfTheCommandLine() throws IOException {
        KafkaConnection connection =
                connection(null, "--kafka-config", file(SECURED).toString(), "--bootstrap-servers", "other:9093");

        assertThat(connection.settings())
                .containsEntry("bootstrap.servers", "other:9093")
                .containsEntry("security.protocol", "SASL_SSL");
    }

    @Test
    void shouldTalkToTheLocalStackWithoutAny() {
        assertThat(connection(" ").settings()).containsOnly(Map.entry("bootstrap.servers", "local:9092"));
    }

    @Test
    void shouldSayWhatIsWrongWithTheSettingsFile() throws IOException {
        Path absent = directory.resolve("absent.properties");
        Path incomplete = file("security.protocol=SSL\n");

        assertThatThrownBy(() -> connection(null, "--kafka-config", absent.toString()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(absent.toString());
        assertThatThrownBy(() -> connection(null, "--kafka-config", incomplete.toString()))
                .isInstanceOf(CommandException.class)
                .hasMessage(
                        incomplete + " has no bootstrap.servers; add it, or name the broker with --bootstrap-servers");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("kafka.properties"), text);
    }

    private static KafkaConnection connection(String environment, String... arguments) {
        Options options = new Options();
        new CommandLine(options).parseArgs(arguments);
        return options.broker.connection(environment, () -> "local:9092");
    }

    @Command
    private static final class Options {
        @Mixin
        private Broker broker;
    }
}
