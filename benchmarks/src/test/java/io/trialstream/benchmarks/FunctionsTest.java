package io.trialstream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trialstream.space.Configuration;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FunctionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldAgreeWithTheFunctionsThatThePeersAreRunOn() throws IOException {
        JsonNode cases;
        try (InputStream in = FunctionsTest.class.getResourceAsStream("/function-values.json")) {
            cases = JSON.readTree(in);
        }
        Set<String> compared = new HashSet<>();
        for (JsonNode example : cases) {
            String name = example.get("function").asText();
            Objective function = Functions.named(name);
            Object values = JSON.convertValue(example.get("configuration"), Object.class);
            Configuration configuration = function.space().configuration(values);

            assertThat(function.observe(configuration, null))
                    .as(example.toString())
                    .isCloseTo(example.get("value").asDouble(), within(1e-9));
            assertThat(function.regret(configuration))
                    .as(example.toString())
                    .isCloseTo(example.get("regret").asDouble(), within(1e-9));
            compared.add(name);
        }
        assertThat(compared).containsExactlyInAnyOrderElementsOf(Functions.names());
    }
}
