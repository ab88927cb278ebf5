package io.trialstream.suggester.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SuggesterSettingsTest {

    @Test
    void shouldHaveTheseDefaults() {
        SuggesterSettings settings = TestSettings.defaults();

        assertThat(settings.pools()).containsExactly("default");
        assertThat(settings.lookahead()).isZero();
        assertThat(settings.tick()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.silentTicks()).isEqualTo(5);
        assertThat(settings.lostTicks()).isEqualTo(30);
        assertThat(settings.stuckAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.stuckFactor()).isEqualTo(5);
        assertThat(settings.firstEpochLimit()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.passedTicks()).isEqualTo(3);
        assertThat(settings.runsLostLimit()).isEqualTo(3);
        assertThat(settings.suggestionLimit()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.concurrencyCeiling()).isEqualTo(100);
        assertThat(settings.transactionalId()).isEqualTo("trialstream-suggester");
    }
}
