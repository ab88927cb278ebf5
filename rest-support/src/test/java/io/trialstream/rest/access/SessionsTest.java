package io.trialstream.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Optional<String> SECRET = Optional.of("a secret of the test");

    @Test
    void shouldKnowWhoSignedInUntilItExpires() {
        String session = at(NOW, SECRET).of("ada.l");

        assertThat(at(NOW, SECRET).holderIn(session)).contains("ada.l");
        assertThat(at(NOW.plusSeconds(3599), SECRET).holderIn(session)).contains("ada.l");
        assertThat(at(NOW.plusSeconds(3600), SECRET).holderIn(session)).isEmpty();
    }

    @Test
    void shouldNotBelieveWhatItDidNotSign() {
        Sessions sessions = at(NOW, SECRET);
        String session = sessions.of("ada");
        String foreign = sessions.of("eve").split("\\.")[0];

        assertThat(sessions.holderIn(foreign + session.substring(session.indexOf('.'))))
                .isEmpty();
        assertThat(sessions.holderIn(session.replaceFirst("\\.\\d+\\.", ".99999999999.")))
                .isEmpty();
        assertThat(sessions.holderIn(session.substring(0, session.length() - 1)))
                .isEmpty();
        for (String text : new String[] {"", ".", "..", "a.b.c", "a.1.!", session + ".x"}) {
            assertThat(sessions.holderIn(text)).as(text).isEmpty();
        }
        assertThat(at(NOW, Optional.of("another secret")).holderIn(session)).isEmpty();
    }

    @Test
    void shouldDrawASecretWhereNoneIsGiven() {
        assertThat(at(NOW, Optional.empty()).holderIn(at(NOW, Optional.empty()).of("ada")))
                .isEmpty();
    }

    private static Sessions at(Instant now, Optional<String> secret) {
        return new Sessions(secret, Duration.ofHours(1), Clock.fixed(now, ZoneOffset.UTC));
    }
}
