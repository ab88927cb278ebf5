package io.trialstream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trialstream.contracts.TopicDefinition.Cleanup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsTest {

    /** An installation keeps its topics for ever, so nothing of this may change. */
    @ParameterizedTest
    @CsvSource({
        "studies, 1, compact, , StudyRecord",
        "trial-ledger, 8, compact, , LedgerRecord",
        "trial-commands, 4, 'compact,delete', P90D, TrialCommand",
        "trial-reports, 8, delete, P90D, TrialReport",
        "trial-epochs, 8, delete, P7D, EpochReport",
        "trial-outcomes, 8, compact, , Outcome",
        "trainers, 1, delete, PT10M, TrainerEvent",
        "dead-letters, 1, delete, P30D, DeadLetter",
        "trial-proposals.default, 1, delete, P90D, Proposal"
    })
    void shouldDefineEachTopicAsInstallationsHaveIt(
            String name, int partitions, String policy, Duration retention, String message) {
        TopicDefinition topic = Topics.all(List.of("default")).stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();

        assertThat(topic.partitions()).isEqualTo(partitions);
        assertThat(topic.cleanup().policy()).isEqualTo(policy);
        assertThat(topic.retention()).isEqualTo(Optional.ofNullable(retention));
        assertThat(topic.message().getSimpleName()).isEqualTo(message);
    }

    @Test
    void shouldHaveOneQueueForEachPool() {
        assertThat(Topics.all(List.of())).hasSize(8);
        assertThat(Topics.all(List.of("gpu", "cpu_small")).stream().map(TopicDefinition::name))
                .hasSize(10)
                .contains("trial-proposals.gpu", "trial-proposals.cpu_small");
        assertThat(Topics.shareGroup("gpu")).isEqualTo("trainers.gpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a.b", "a/b", "a b", "ä"})
    void shouldRefuseAPoolThatNoTopicCanBeNamedFor(String pool) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Topics.proposals(pool))
                .withMessageContaining("pool must match");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Topics.shareGroup(pool))
                .withMessageContaining("pool must match");
    }

    /** Figures of zlib's crc32,
     * computed outside of Java: another partition would break the order of a study's records. */
    @ParameterizedTest
    @CsvSource({
        "demo, 8, 0",
        "cifar100-seed, 8, 6",
        "0f8fad5b-d9cb-469f-a165-70867728950e, 8, 0",
        "0f8fad5b-d9cb-469f-a165-70867728950e, 7, 3",
        "a, 8, 3",
        "b, 8, 1",
        "demo, 1, 0"
    })
    void shouldKeepEachStudyOnItsPartitionForEver(String studyId, int partitions, int partition) {
        TopicDefinition topic = new TopicDefinition("t", partitions, Cleanup.DELETE, Optional.empty(), Outcome.class);

        assertThat(Topics.partition(topic, studyId)).isEqualTo(partition);
    }

    @Test
    void shouldNameSettingsAsKafkaDoes() {
        assertThat(Topics.TRIAL_COMMANDS.settings())
                .isEqualTo(Map.of("cleanup.policy", "compact,delete", "retention.ms", "7776000000"));
        assertThat(Topics.STUDIES.settings()).isEqualTo(Map.of("cleanup.policy", "compact"));
    }

    @Test
    void shouldRefuseATopicWithoutPartitions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TopicDefinition("t", 0, Cleanup.DELETE, Optional.empty(), Outcome.class))
                .withMessage("partitions must be at least 1, got 0");
    }
}
