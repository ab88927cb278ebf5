package io.trialstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.infrastructure.BrokerSecurity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes certificates with the JDK's keytool. */
final class Certificates {
    private static final String PASSWORD = "changeit";

    private Certificates() {}

    /** A broker on 127.0.0.1 with a certificate that it signed itself, and these users. */
    static BrokerSecurity broker(Path directory, Map<String, String> users) {
        Path store = directory.resolve("broker.p12");
        Path certificate = directory.resolve("broker.pem");
        keytool(
                store,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=broker",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2");
        keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
        return new BrokerSecurity(store, PASSWORD, certificate, users);
    }

    private static void keytool(Path store, String command, String... options) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-alias",
                "broker",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        line.addAll(List.of(options));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(output).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
