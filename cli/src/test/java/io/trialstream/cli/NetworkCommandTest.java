package io.trialstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.cli.ScriptedServer.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the trainer's program is asked. A stand-in of it says so; DrawNetworkTest has the drawings. */
class NetworkCommandTest {
    private static final String MAIN = "io.trialstream.trainer.artifact.DrawNetwork";
    private static final String STAND_IN =
            """
            package io.trialstream.trainer.artifact;
            public class DrawNetwork {
                public static void main(String[] arguments) throws Exception {
                    String in = new String(System.in.readAllBytes(), "UTF-8");
                    if (in.contains("wrong")) {
                        System.err.println("configuration lacks the key 'activation'");
                        System.exit(1);
                    }
                    System.out.print(String.join(" ", arguments) + " < " + in + "\\n");
                }
            }
            """;

    @TempDir
    Path home;

    @BeforeEach
    void buildStandIn() throws Exception {
        Path source = Files.createDirectories(home.resolve("src/io/trialstream/trainer/artifact"))
                .resolve("DrawNetwork.java");
        Files.writeString(source, STAND_IN);
        Path libraries = Files.createDirectories(home.resolve("trainer-service/dl4j/target/quarkus-app/lib/main"));
        Path classes = Files.createDirectories(home.resolve("classes"));
        ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), source.toString());
        pack(classes, libraries.resolve("core.jar"));
    }

    @Test
    void shouldDrawThePublishedNetworksByName() {
        assertThat(network("", "best").out()).isEqualTo("best text 1.0 3,32,32 100,20 < \n");
        assertThat(network("", "demo", "--format", "dot", "--width-factor", "0.5", "--classes", "10,2")
                        .out())
                .isEqualTo("demo dot 0.5 3,32,32 10,2 < \n");
    }

    @Test
    void shouldReadAConfigurationFromWhereverItIs() throws Exception {
        String expected = "- text 1.0 3,32,32 100,20 < {\"lr_rate_mult\":1.5}\n";
        Path yaml = Files.writeString(home.resolve("c.yaml"), "lr_rate_mult: 1.5\n");
        Path result = Files.writeString(home.resolve("r.json"), "{\"loss\":-0.6,\"space\":{\"lr_rate_mult\":1.5}}");
        Path trial =
                Files.writeString(home.resolve("t.json"), "{\"trial\":{\"configuration\":{\"lr_rate_mult\":1.5}}}");

        for (Path file : new Path[] {yaml, result, trial}) {
            assertThat(network("", file.toString()).out()).as("%s", file).isEqualTo(expected);
        }
        assertThat(network("lr_rate_mult: 1.5", "-").out()).isEqualTo(expected);
    }

    @Test
    void shouldDrawTheNetworkOfATrial() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(home).answer("GET /api/v1/trials/demo%3A4/network", "{\"layers\":[]}")) {
            assertThat(server.run("network", "demo:4").out()).endsWith("< {\"layers\":[]}\n");
        }
    }

    @Test
    void shouldWriteTheFormatThatTheFileNames() {
        Path file = home.resolve("best.svg");

        assertThat(network("", "best", "-o", file.toString()).exitCode()).isZero();
        assertThat(file).hasContent("best svg 1.0 3,32,32 100,20 < \n");
        assertThat(network("", "best", "-o", file.toString()).err()).contains("--force");
    }

    @Test
    void shouldSayWhatTheProgramRefuses() {
        Ran ran = network("wrong: 1", "-");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err().strip()).isEqualTo("configuration lacks the key 'activation'");
        assertThat(network("", "worst").err().strip()).isEqualTo("no such file: worst; known networks: best, demo");
        assertThat(network("", "best", "--engine", "libtorch").err()).contains("build it with: mvn");
    }

    private Ran network(String typed, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "network";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return ScriptedServer.run(home, typed, all);
    }

    private static void pack(Path classes, Path jar) throws IOException {
        String entry = MAIN.replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            Files.copy(classes.resolve(entry), out);
            out.closeEntry();
        }
    }
}
