package io.trialstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trialstream.cli.client.TrialstreamClient;
import io.trialstream.cli.stack.TrainerEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws a network without training it. */
@Command(
        name = "network",
        mixinStandardHelpOptions = true,
        description = "Draw the network of a configuration without training it: its layers, shapes and parameters.")
final class NetworkCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "FILE|NAME|TRIAL",
            description = {
                "A file in YAML or JSON with a configuration (a result file of the 2017 search will do), - for"
                        + " standard input;",
                "best or demo, the two configurations that the 2017 search published;",
                "STUDY:NUMBER, the network that a trial trains."
            })
    private String source;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, svg, dot or json (default: as the output file ends, else text).")
    private Form format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write it; - for standard output (default: standard output).")
    private Path output = Path.of("-");

    @Option(names = "--force", description = "Replace a file that exists.")
    private boolean force;

    @Option(
            names = "--width-factor",
            paramLabel = "X",
            defaultValue = "1",
            description = "Multiplies the layers' units, as in a study file (default: 1).")
    private double widthFactor;

    @Option(
            names = "--image",
            paramLabel = "C,H,W",
            defaultValue = "3,32,32",
            description = "An image's channels, height and width (default: 3,32,32).")
    private String image;

    @Option(
            names = "--classes",
            paramLabel = "FINE,COARSE",
            defaultValue = "100,20",
            description = "How many fine and coarse classes there are (default: 100,20).")
    private String classes;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "dl4j",
            description = "The engine that draws: dl4j or libtorch (default: dl4j). The network is the same.")
    private TrainerEngine engine;

    @Mixin
    private Server server;

    NetworkCommand(Session session) {
        this.session = session;
    }

    /** What the drawing is. */
    enum Form {
        TEXT,
        SVG,
        DOT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Form of(Path file) {
            String name = file.toString().toLowerCase(Locale.ROOT);
            for (Form form : values()) {
                if (name.endsWith("." + form)) {
                    return form;
                }
            }
            return TEXT;
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Path file = Path.of(source);
        boolean named = !Files.exists(file) && List.of("best", "demo").contains(source);
        Optional<JsonNode> network = named ? Optional.empty() : Optional.of(network(file));
        Form form = format == null ? Form.of(output) : format;
        String drawing = new TrainerProgram(session.installation(), engine)
                .run(
                        "io.trialstream.trainer.artifact.DrawNetwork",
                        network.map(JsonNode::toString).orElse(""),
                        named ? source : "-",
                        form.toString(),
                        String.valueOf(widthFactor),
                        image,
                        classes);
        byte[] content = drawing.getBytes(StandardCharsets.UTF_8);
        StandardStreams.write(session, output, force, out -> {
            out.write(content);
            return content.length;
        });
        if (!StandardStreams.isStandard(output)) {
            session.terminal().note("wrote " + output + " (" + content.length + " bytes)");
        }
        return 0;
    }

    private JsonNode network(Path file) {
        if (source.matches(".+:#?\\d+") && !Files.exists(file)) {
            TrialstreamClient client = server.client(session);
            return client.network(Server.trialId(client, source));
        }
        if (!StandardStreams.isStandard(file) && !Files.exists(file)) {
            throw new CommandException("no such file: " + file + "; known networks: best, demo");
        }
        JsonNode tree = TreeFile.read(session, file).tree();
        // A result file of the 2017 search, or a trial as the server answers it.
        return Optional.of(tree.path("space"))
                .filter(JsonNode::isObject)
                .or(() -> Optional.of(tree.path("configuration")).filter(JsonNode::isObject))
                .or(() -> Optional.of(tree.at("/trial/configuration")).filter(JsonNode::isObject))
                .orElse(tree);
    }
}
