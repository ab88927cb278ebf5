package io.trialstream.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The objects of an overlay, as {@code kubectl kustomize} renders them.
 *
 * @param name the overlay's folder
 * @param objects in the order of the output
 */
record Overlay(String name, List<JsonNode> objects) {
    /** The folder with the manifests. */
    static final Path DEPLOY = Path.of("..", "deploy");

    static Overlay render(String name) {
        String rendered = Tool.run(
                "kubectl", "kustomize", DEPLOY.resolve("overlays/" + name).toString());
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(rendered)) {
            return new Overlay(name, documents.readAll());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<JsonNode> of(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    Optional<JsonNode> find(String kind, String name) {
        return of(kind).filter(object -> nameOf(object).equals(name)).findFirst();
    }

    /** What runs pods: Deployments and StatefulSets. */
    Stream<JsonNode> workloads() {
        return Stream.concat(of("Deployment"), of("StatefulSet"));
    }

    static String nameOf(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static JsonNode podOf(JsonNode workload) {
        return workload.at("/spec/template/spec");
    }

    static Stream<JsonNode> containersOf(JsonNode workload) {
        return each(podOf(workload).path("containers"));
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** A container's environment variable. */
    static Optional<JsonNode> variable(JsonNode container, String name) {
        return each(container.path("env"))
                .filter(variable -> variable.path("name").asText().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return name;
    }
}
