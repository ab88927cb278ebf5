package io.trialstream.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessControlTest {

    @ParameterizedTest
    @CsvSource({
        "false, false, 127.0.0.1, true",
        "false, false, localhost, true",
        "false, false, ::1, true",
        "false, false, 0.0.0.0, false",
        "false, false, 192.0.2.1, false",
        "false, false, '::', false",
        "false, true, 0.0.0.0, true",
        "true, false, 0.0.0.0, true",
    })
    void shouldNotLetStrangersCommand(boolean isOn, boolean allowOpen, String host, boolean starts) {
        assertThat(AccessControl.refusal(isOn, allowOpen, host).isEmpty()).isEqualTo(starts);
    }

    @Test
    void shouldLetOperatorsReadAndViewersNothingMore() {
        assertThat(Role.VIEWER.isIn(Set.of("viewer"))).isTrue();
        assertThat(Role.VIEWER.isIn(Set.of("operator"))).isTrue();
        assertThat(Role.OPERATOR.isIn(Set.of("operator", "x"))).isTrue();
        assertThat(Role.OPERATOR.isIn(Set.of("viewer"))).isFalse();
        assertThat(Role.VIEWER.isIn(Set.of("admin"))).isFalse();
    }
}
