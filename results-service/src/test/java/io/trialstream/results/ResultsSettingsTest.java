package io.trialstream.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsSettingsTest {

    @Test
    void shouldHaveTheseDefaults() {
        ResultsSettings settings = settings(Map.of());

        assertThat(settings.suggesterUrl()).isEqualTo(URI.create("http://localhost:8081"));
        assertThat(settings.suggesterTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.readYourWrites()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.sweepEvery()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.takeoverEvery()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.longestRetryPause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.measureEvery()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.live().maxClients()).isEqualTo(2_000);
        assertThat(settings.live().lookEvery()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.live().pingAfter()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.live().stalledAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.measuredStudies()).isEqualTo(50);
        assertThat(settings.keepOrdersFrom()).isEqualTo(10_000);
    }

    @Test
    void shouldTakeTheSuggestersAddressUnderBothNames() {
        assertThat(settings(Map.of("trialstream.suggester-url", "http://a:1")).suggesterUrl())
                .isEqualTo(URI.create("http://a:1"));
        assertThat(settings(Map.of(
                                "trialstream.suggester-url",
                                "http://a:1",
                                "trialstream.results.suggester-url",
                                "http://b:2"))
                        .suggesterUrl())
                .isEqualTo(URI.create("http://b:2"));
    }

    private static ResultsSettings settings(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withMapping(ResultsSettings.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(ResultsSettings.class);
    }
}
