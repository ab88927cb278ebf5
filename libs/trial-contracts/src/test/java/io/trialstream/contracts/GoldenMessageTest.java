package io.trialstream.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trialstream.contracts.Examples.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenMessageTest {
    /** Objects whose members are the user's or the workload's, so that any name has a meaning there. */
    private static final Set<String> FREE =
            Set.of("configuration", "assignment", "metrics", "best", "end", "space", "enqueue", "sampler", "arguments");

    private final MessageCodec codec = new MessageCodec();

    static List<Example> examples() {
        return Examples.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldWriteExactlyTheGoldenTree(Example example) throws IOException {
        assertThat(Golden.PLAIN.readTree(codec.write(example.message()))).isEqualTo(Golden.tree(example));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldReadTheGoldenTreeAsTheSameMessage(Example example) {
        Message read = codec.read(Golden.bytes(Golden.tree(example)), example.type());

        assertThat(read).isEqualTo(example.message()).hasSameHashCodeAs(example.message());
        if (read instanceof DeadLetter letter) {
            assertThat(letter.payload()).isEqualTo(((DeadLetter) example.message()).payload());
            assertThat(letter.reason()).isEqualTo(((DeadLetter) example.message()).reason());
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldIgnoreFieldsOfANewerReleaseAtEveryDepth(Example example) {
        // Given
        ObjectNode tree = Golden.tree(example);
        addUnknownFields(tree);

        // When
        Message read = codec.read(Golden.bytes(tree), example.type());

        // Then
        assertThat(read).isEqualTo(example.message());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldReadNullForEachAbsentOptionalField(Example example) {
        // Given
        ObjectNode tree = Golden.tree(example);
        Stream.of(example.message().getClass().getRecordComponents())
                .filter(component -> component.getType() == Optional.class && !tree.has(component.getName()))
                .forEach(component -> tree.putNull(component.getName()));

        // When
        Message read = codec.read(Golden.bytes(tree), example.type());

        // Then
        assertThat(read).isEqualTo(example.message());
    }

    @Test
    void shouldHaveAGoldenFileForEachExampleAndNoOther() throws IOException {
        Path directory = Path.of("src/test/resources/golden");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Examples.all().stream().map(e -> e.name() + ".json").toList());
        }
    }

    @Test
    void shouldHaveAnExampleForEveryKindOfMessage() {
        assertThat(leaves(Message.class))
                .isEqualTo(
                        Examples.all().stream().map(e -> e.message().getClass()).collect(Collectors.toSet()));
    }

    private static Set<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses())
                        .flatMap(sub -> leaves(sub).stream())
                        .collect(Collectors.toSet())
                : Set.of(type);
    }

    private static void addUnknownFields(JsonNode node) {
        node.properties().forEach(field -> {
            if (!FREE.contains(field.getKey())) {
                addUnknownFields(field.getValue());
            }
        });
        if (node.isArray()) {
            node.forEach(GoldenMessageTest::addUnknownFields);
        }
        if (node instanceof ObjectNode object) {
            object.putObject("fieldOfTheFuture").put("inner", 1);
        }
    }
}
