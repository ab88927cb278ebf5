package io.trialstream.suggester;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;

/** Settings as the service reads them, without the service. */
public final class TestSettings {
    private TestSettings() {}

    /** All defaults. */
    public static SuggesterSettings defaults() {
        return new SmallRyeConfigBuilder()
                .withMapping(SuggesterSettings.class)
                .withConverter(Duration.class, 100, Duration::parse)
                .build()
                .getConfigMapping(SuggesterSettings.class);
    }
}
