package io.trialstream.tpe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Figures computed by the real packages. Our own are test resources under {@code golden}; those of the reference data
 * beside the project are read too where they are present.
 */
final class GoldenFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GoldenFiles() {}

    /** A file and its content. */
    record Golden(String name, JsonNode content) {
        @Override
        public String toString() {
            return name;
        }

        /** The elements of an array of the file; none if the file has no such array. */
        Stream<JsonNode> cases(String array) {
            return StreamSupport.stream(content.path(array).spliterator(), false);
        }
    }

    /** All files whose name contains a part, our own first. */
    static List<Golden> matching(String part) {
        List<Path> folders = new ArrayList<>();
        URL own = GoldenFiles.class.getResource("/golden");
        if (own != null) {
            folders.add(Path.of(uri(own)));
        }
        Path shared = Path.of(System.getProperty("trialstream.shared", "absent"), "data", "hpo-bench", "golden");
        if (Files.isDirectory(shared)) {
            folders.add(shared);
        } else {
            System.err.println("SKIPPED: no reference fixtures at " + shared + " (set -Dtrialstream.shared)");
        }
        return folders.stream().flatMap(folder -> list(folder, part)).toList();
    }

    private static Stream<Golden> list(Path folder, String part) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.getFileName().toString().contains(part))
                    .sorted()
                    .map(file -> read(folder, file))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Golden read(Path folder, Path file) {
        try {
            boolean own = folder.toString().contains("test-classes");
            return new Golden((own ? "own " : "reference ") + file.getFileName(), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI uri(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An array of numbers; 'Infinity', '-Infinity' and 'NaN' are written as texts. */
    static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(array.get(i), Double.NaN);
        }
        return numbers;
    }

    /** A number, or what stands for null. */
    static double number(JsonNode node, double ofNull) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return ofNull;
        }
        return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
    }
}
