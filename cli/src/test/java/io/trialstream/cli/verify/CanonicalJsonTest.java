package io.trialstream.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": 1, \"b\": null} | {\"b\": null, \"a\": 1.0}",
                "[320.0, {\"x\": [true]}] | [320, {\"x\": [true]}]",
                "1e-5 | 0.00001",
                "-0.0 | 0"
            })
    void shouldBeEqualForEqualValues(String one, String other) throws Exception {
        assertThat(CanonicalJson.of(JSON.readTree(one))).isEqualTo(CanonicalJson.of(JSON.readTree(other)));
    }

    @Test
    void shouldTellATextFromANumber() throws Exception {
        assertThat(CanonicalJson.of(JSON.readTree("\"1.0\""))).isNotEqualTo(CanonicalJson.of(JSON.readTree("1")));
    }
}
