package io.trialstream.tpe;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.space.Configuration;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.SearchSpace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final SearchSpace SPACE = SearchSpace.read(Map.of("x", Map.of("randint", 1000)), GridPolicy.EXACT);

    private static Configuration x(int value) {
        return SPACE.configuration(Map.of("x", value));
    }

    private static Observation done(int number) {
        return Observation.completed(number, x(number), number);
    }

    @Test
    void shouldLeaveEarlierVersionsAsTheyWere() {
        Evidence empty = Evidence.empty();
        Evidence one = empty.with(done(1));
        Evidence two = one.with(done(2));
        Evidence other = one.with(done(3));

        assertThat(empty.observations()).isEmpty();
        assertThat(one.observations()).containsExactly(done(1));
        assertThat(two.observations()).containsExactly(done(1), done(2));
        assertThat(other.observations()).containsExactly(done(1), done(3));
        assertThat(one.contains(x(2))).isFalse();
        assertThat(two.contains(x(2))).isTrue();
        assertThat(other.contains(x(2))).isFalse();
        assertThat(two.continues(one)).isTrue();
        assertThat(other.continues(two)).isFalse();
    }

    @Test
    void shouldEndAPendingTrialWithItsObservation() {
        Evidence pending = Evidence.empty().withPending(1, x(1)).withPending(2, x(2));

        assertThat(pending.with(done(1)).pending())
                .extracting(Pending::trialNumber)
                .containsExactly(2);
        assertThat(pending.withoutPending(2).pending())
                .extracting(Pending::trialNumber)
                .containsExactly(1);
        assertThat(pending.withPending(1, x(5)).pending()).hasSize(2);
        assertThat(pending.contains(x(2))).isTrue();
        assertThat(pending.withoutPending(2).contains(x(2))).isFalse();
        assertThat(pending.pending()).hasSize(2);
    }

    @Test
    void shouldGoOnFromAnyVersion() {
        Evidence evidence = Evidence.empty();
        for (int i = 0; i < 100; i++) {
            evidence = evidence.with(done(i));
            evidence.with(done(500 + i));
        }

        assertThat(evidence.observations())
                .extracting(Observation::trialNumber)
                .isEqualTo(java.util.stream.IntStream.range(0, 100).boxed().toList());
        assertThat(List.copyOf(evidence.observations())).hasSize(evidence.size());
    }
}
