package io.trialstream.results.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.trialstream.results.topics.TopicLoss.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicStateTest {
    private static final TopicPartition FIRST = new TopicPartition("reports", 0);
    private static final TopicPartition SECOND = new TopicPartition("reports", 1);
    private static final Map<String, String> IDS = Map.of("reports", "id-1");

    private final TopicState state =
            new TopicState(IDS, Map.of(FIRST, 10L, SECOND, 0L), Map.of(FIRST, 20L, SECOND, 5L));

    @Test
    void shouldMissNothingWhereEverythingThatIsToBeReadIsThere() {
        assertThat(state.lossesSince(IDS, Map.of(FIRST, 10L, SECOND, 5L))).isEmpty();
        assertThat(state.lossesSince(Map.of(), Map.of())).as("a new database").isEmpty();
        assertThat(state.lossesSince(Map.of(), Map.of(new TopicPartition("other", 0), 9L)))
                .as("a topic of no interest")
                .isEmpty();
    }

    @Test
    void shouldSeeRecordsThatWereDeletedBeforeTheyWereRead() {
        List<TopicLoss> losses = state.lossesSince(IDS, Map.of(FIRST, 7L, SECOND, 0L));

        assertThat(losses).containsExactly(new TopicLoss(Kind.DELETED_UNREAD, "reports", Optional.of(0), 3));
        assertThat(losses.get(0).text())
                .isEqualTo("3 records of reports partition 0 were deleted before they were read");
        assertThat(losses.get(0).startsAnew()).isFalse();
    }

    @Test
    void shouldSeeATopicThatEndsBeforeWhatWasRead() {
        List<TopicLoss> losses = state.lossesSince(IDS, Map.of(FIRST, 10L, SECOND, 8L));

        assertThat(losses).containsExactly(new TopicLoss(Kind.CUT_BACK, "reports", Optional.of(1), 3));
        assertThat(losses.get(0).startsAnew()).isTrue();
    }

    @Test
    void shouldSeeATopicThatWasMadeAnewAndAskNothingOfItsPositions() {
        assertThat(state.lossesSince(Map.of("reports", "id-0"), Map.of(FIRST, 900L, SECOND, 8L)))
                .containsExactly(new TopicLoss(Kind.REPLACED, "reports", Optional.empty(), 0));
    }
}
