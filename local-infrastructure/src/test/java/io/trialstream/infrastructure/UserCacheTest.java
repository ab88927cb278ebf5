package io.trialstream.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserCacheTest {
    @Test
    void shouldFollowTheXdgSpecification() {
        assertThat(UserCache.directory(Map.of("XDG_CACHE_HOME", "/x", "HOME", "/home/u"), "/passwd/u"))
                .contains(Path.of("/x/trialstream"));
        assertThat(UserCache.directory(Map.of("HOME", "/home/u"), "/passwd/u"))
                .contains(Path.of("/home/u/.cache/trialstream"));
        assertThat(UserCache.directory(Map.of(), "/passwd/u")).contains(Path.of("/passwd/u/.cache/trialstream"));
    }

    @Test
    void shouldIgnoreWhatIsNoAbsolutePath() {
        assertThat(UserCache.directory(Map.of("XDG_CACHE_HOME", "cache", "HOME", ""), "/passwd/u"))
                .contains(Path.of("/passwd/u/.cache/trialstream"));
        assertThat(UserCache.directory(Map.of(), "?")).isEmpty();
        assertThat(UserCache.directory(Map.of(), null)).isEmpty();
    }
}
