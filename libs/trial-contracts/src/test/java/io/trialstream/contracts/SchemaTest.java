package io.trialstream.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trialstream.contracts.Examples.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas say what the codec does: a trainer in another language that keeps to them is understood. */
class SchemaTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** One value of each kind, and the usual ways to be nearly right. */
    private static final List<Mutation> VALUES = List.of(
            Mutation.remove("/x"),
            Mutation.set("/x", null),
            Mutation.set("/x", true),
            Mutation.set("/x", 0),
            Mutation.set("/x", -1),
            Mutation.set("/x", 1.5),
            Mutation.set("/x", 3_000_000_000L),
            Mutation.set("/x", ""),
            Mutation.set("/x", " "),
            Mutation.set("/x", "?"),
            Mutation.set("/x", "3"),
            Mutation.set("/x", "NaN"),
            Mutation.set("/x", List.of()),
            Mutation.set("/x", JSON.objectNode()));

    /**
     * What no schema can say, or the codec: spaces and enqueued configurations are read by the search space, a sampler's
     * own settings, whose ranges the schema tells, by the sampler; a layer's inputs must name earlier layers, and a dead
     * letter's payload is no longer than the whole and decodes.
     */
    private static final Pattern BEYOND_SCHEMAS = Pattern.compile(
            "/spec/(space|enqueue)(/.*)?|/spec/sampler/(?!type|seed).*|/blueprint/layers(/\\d+(/name|/inputs.*)?)?|/payload|/payloadBytes");

    private final MessageCodec codec = new MessageCodec();

    static List<Example> examples() {
        return Examples.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldAcceptEachGoldenFile(Example example) {
        assertThat(Schemas.errors(example.type(), Golden.tree(example))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldAgreeWithTheCodecOnEveryChangeOfEveryField(Example example) {
        ObjectNode golden = Golden.tree(example);
        List<String> disagreements = new ArrayList<>();
        for (JsonPointer place : Mutation.places(golden)) {
            if (BEYOND_SCHEMAS.matcher(place.toString()).matches()) {
                continue;
            }
            for (Mutation value : VALUES) {
                Mutation mutation = new Mutation(place, value.value());
                ObjectNode tree = mutation.of(golden);
                boolean valid = Schemas.errors(example.type(), tree).isEmpty();
                Optional<String> refusal = refusal(example, tree);
                if (valid == refusal.isPresent()) {
                    disagreements.add(mutation + ": the schema " + (valid ? "accepts" : "refuses") + ", the codec "
                            + refusal.orElse("accepts"));
                }
            }
        }
        assertThat(disagreements).isEmpty();
    }

    @Test
    void shouldHaveASchemaForEachMessageThatStatesItsTitleAndDraft() {
        for (Class<?> type : Message.class.getPermittedSubclasses()) {
            String name = Schemas.name(type.asSubclass(Message.class));
            ObjectNode schema = (ObjectNode) Golden.resource(Schemas.resource(name));

            assertThat(schema.path("title").asText()).isEqualTo(type.getSimpleName());
            assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        }
    }

    /** Why the codec refuses the tree; the message's version has an exception of its own. */
    private Optional<String> refusal(Example example, ObjectNode tree) {
        try {
            codec.read(Golden.bytes(tree), example.type());
            return Optional.empty();
        } catch (MalformedMessageException | UnknownVersionException e) {
            return Optional.of("refuses: " + e.getMessage());
        }
    }
}
