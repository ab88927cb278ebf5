package io.trialstream.trainer.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.CnnBlueprint;
import io.trialstream.trainer.blueprint.CnnHyperparameters;
import io.trialstream.trainer.blueprint.PublishedConfigurations;
import io.trialstream.trainer.workload.InfeasibleException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws a network without training it: {@code DrawNetwork NETWORK FORMAT WIDTH_FACTOR CHANNELS,HEIGHT,WIDTH
 * FINE,COARSE}.
 *
 * <p>NETWORK is {@code demo} or {@code best}, the published configurations, or {@code -}: then a configuration, or the
 * blueprint of a network, comes as JSON on standard input. FORMAT is {@code text}, {@code svg}, {@code dot} or
 * {@code json}. Ends with 0 and the drawing on standard output, with 1 and the reason on standard error where there is
 * no such network, or with 2 when called wrongly.
 */
public final class DrawNetwork {
    private static final int REFUSED = 1;
    private static final int MISUSED = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private DrawNetwork() {}

    /** See the class. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(
                arguments,
                System.in,
                new PrintStream(System.out, false, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8)));
    }

    static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err) throws IOException {
        if (arguments.length != 5) {
            err.println("usage: DrawNetwork NETWORK FORMAT WIDTH_FACTOR CHANNELS,HEIGHT,WIDTH FINE,COARSE");
            return MISUSED;
        }
        try {
            Form form = Form.valueOf(arguments[1].toUpperCase(Locale.ROOT));
            double widthFactor = Double.parseDouble(arguments[2]);
            List<Integer> image = numbers(arguments[3], 3);
            List<Integer> classes = numbers(arguments[4], 2);
            out.print(form.of(blueprint(arguments[0], in, widthFactor, image, classes)));
            out.flush();
            return 0;
        } catch (InfeasibleException | IllegalArgumentException | ArithmeticException e) {
            err.println(e.getMessage());
            return REFUSED;
        } catch (JsonProcessingException e) {
            err.println("not a network: " + e.getOriginalMessage());
            return REFUSED;
        }
    }

    private enum Form {
        TEXT,
        SVG,
        DOT,
        JSON;

        String of(NetworkBlueprint blueprint) throws JsonProcessingException {
            return switch (this) {
                case TEXT -> BlueprintText.of(blueprint);
                case SVG -> BlueprintDrawing.svg(blueprint);
                case DOT -> BlueprintDrawing.dot(blueprint);
                case JSON -> DrawNetwork.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(blueprint) + "\n";
            };
        }
    }

    private static NetworkBlueprint blueprint(
            String network, InputStream in, double widthFactor, List<Integer> image, List<Integer> classes)
            throws IOException {
        Map<String, Object> configuration;
        switch (network) {
            case "demo" -> configuration = PublishedConfigurations.demo();
            case "best" -> configuration = PublishedConfigurations.best();
            case "-" -> {
                JsonNode tree = JSON.readTree(in);
                if (tree.path("layers").isArray()) {
                    return JSON.treeToValue(tree, NetworkBlueprint.class);
                }
                if (!tree.isObject()) {
                    throw new IllegalArgumentException("a configuration must be an object of keys and values");
                }
                configuration = JSON.convertValue(tree, new TypeReference<>() {});
            }
            default -> throw new IllegalArgumentException(
                    "there is no network '" + network + "'; known by name: demo, best");
        }
        return CnnBlueprint.of(
                CnnHyperparameters.from(configuration), widthFactor, image, classes.get(0), classes.get(1));
    }

    private static List<Integer> numbers(String text, int count) {
        List<Integer> numbers;
        try {
            numbers = Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
        } catch (NumberFormatException e) {
            numbers = List.of();
        }
        if (numbers.size() != count || numbers.stream().anyMatch(number -> number < 1)) {
            throw new IllegalArgumentException("must be " + count + " whole numbers above 0, got '" + text + "'");
        }
        return numbers;
    }
}
