package io.trialstream.suggester.config;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Settings as the service reads them, without the service. */
public final class TestSettings {
    private TestSettings() {}

    /** All defaults. */
    public static SuggesterSettings defaults() {
        return with(Map.of());
    }

    /** Some settings replaced, by their keys without the prefix. */
    public static SuggesterSettings with(Map<String, String> settings) {
        Map<String, String> prefixed = new HashMap<>();
        settings.forEach((key, value) -> prefixed.put("trialstream.suggester." + key, value));
        return new SmallRyeConfigBuilder()
                .withDefaultValues(prefixed)
                .withMapping(SuggesterSettings.class)
                .withConverter(Duration.class, 100, Duration::parse)
                .build()
                .getConfigMapping(SuggesterSettings.class);
    }
}
