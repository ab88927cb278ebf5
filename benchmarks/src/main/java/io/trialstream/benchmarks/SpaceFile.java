package io.trialstream.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.SearchSpace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads search spaces from YAML or JSON files: a bare space, or a study file whose {@code space} is taken. */
public final class SpaceFile {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private SpaceFile() {}

    /**
     * Reads a file.
     *
     * @throws io.trialstream.space.InvalidSpaceException with every problem of the space
     */
    public static SearchSpace read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(in);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the space " + file + " is not YAML or JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "cannot read the space " + file + " (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** Reads a space that is packaged with the benchmarks, such as {@code functions/gate.yaml}. */
    public static SearchSpace packaged(String name) {
        try (InputStream in = SpaceFile.class.getResourceAsStream("/spaces/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no packaged space " + name);
            }
            return parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the packaged space " + name, e);
        }
    }

    private static SearchSpace parse(InputStream in) throws IOException {
        Object tree = YAML.readValue(in, Object.class);
        if (tree instanceof Map<?, ?> study && study.containsKey("space") && study.containsKey("objective")) {
            GridPolicy grid = "hyperopt".equals(study.get("grid")) ? GridPolicy.HYPEROPT : GridPolicy.EXACT;
            return SearchSpace.read(study.get("space"), grid);
        }
        return SearchSpace.read(tree, GridPolicy.EXACT);
    }
}
