package io.trialstream.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {

    /** 100 classes of 50 training and 10 test images, in an order that is not by class. */
    private final Dataset dataset = new Dataset("labels", List.of(1, 1, 1), 100, 20, labels(5_000), labels(1_000));

    @Test
    void shouldHoldBackATenthOfEachClass() {
        Split split = Split.honest(dataset, 0, 0);

        assertThat(split.train()).hasSize(4_500).doesNotHaveDuplicates();
        assertThat(split.selection()).hasSize(500).doesNotHaveDuplicates();
        assertThat(perClass(split.trainImages(), split.train())).containsOnly(45L);
        assertThat(perClass(split.selectionImages(), split.selection())).containsOnly(5L);
        assertThat(set(split.train())).doesNotContainAnyElementsOf(set(split.selection()));
        assertThat(split.selectionImages()).isSameAs(dataset.train());
        assertThat(split.selectsOnTest()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2000, 300", "1234, 123", "100, 100", "30, 7", "4500, 500"})
    void shouldKeepSubsetsStratifiedAndDisjoint(int train, int selection) {
        Split split = Split.honest(dataset, train, selection);

        assertThat(split.train()).hasSize(train).doesNotHaveDuplicates();
        assertThat(split.selection()).hasSize(selection).doesNotHaveDuplicates();
        assertThat(set(split.train())).doesNotContainAnyElementsOf(set(split.selection()));
        assertThat(spread(perClass(dataset.train(), split.train()))).isLessThanOrEqualTo(1);
        assertThat(spread(perClass(dataset.train(), split.selection()))).isLessThanOrEqualTo(1);
    }

    @Test
    void shouldBeTheSameForEveryTrialAndNestSmallerSubsets() {
        assertThat(Split.honest(dataset, 1_000, 100).train())
                .isEqualTo(Split.honest(dataset, 1_000, 100).train());
        assertThat(set(Split.honest(dataset, 2_000, 300).train()))
                .containsAll(set(Split.honest(dataset, 1_000, 100).train()));
        assertThat(set(Split.honest(dataset, 2_000, 300).selection()))
                .containsAll(set(Split.honest(dataset, 1_000, 100).selection()));
    }

    @Test
    void shouldNeverValidateOnWhatALargerStudyTrainsOn() {
        assertThat(set(Split.honest(dataset, 4_500, 10).train()))
                .doesNotContainAnyElementsOf(set(Split.honest(dataset, 10, 500).selection()));
    }

    @Test
    void shouldSelectOnTheTestSetUnderTheSeedsProtocol() {
        Split split = Split.seed(dataset, 0, 0);

        assertThat(split.train()).hasSize(5_000);
        assertThat(split.selection()).hasSize(1_000);
        assertThat(split.selectionImages()).isSameAs(dataset.test());
        assertThat(split.selectsOnTest()).isTrue();
    }

    @Test
    void shouldRefuseMoreThanTheProtocolHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Split.honest(dataset, 4_501, 0))
                .withMessageContaining("training.subset.train");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Split.honest(dataset, 0, 501))
                .withMessageContaining("training.subset.validation");
    }

    private static ImageSet labels(int count) {
        List<Integer> labels = IntStream.range(0, count).mapToObj(i -> i % 100).collect(Collectors.toList());
        Collections.shuffle(labels, new java.util.Random(7));
        ByteBuffer records = ByteBuffer.allocate(3 * count);
        labels.forEach(
                label -> records.put((byte) (label / 5)).put((byte) (int) label).put((byte) 0));
        return new ImageSet(records.flip(), 1, 1, 1);
    }

    private static long[] perClass(ImageSet images, int[] indices) {
        long[] counts = new long[100];
        Arrays.stream(indices).forEach(index -> counts[images.fineLabel(index)]++);
        return counts;
    }

    private static int spread(long[] counts) {
        IntSummaryStatistics statistics =
                Arrays.stream(counts).mapToInt(Math::toIntExact).summaryStatistics();
        return statistics.getMax() - statistics.getMin();
    }

    private static Set<Integer> set(int[] values) {
        return Arrays.stream(values).boxed().collect(Collectors.toSet());
    }
}
