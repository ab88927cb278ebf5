package io.trialstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class HeadScoreTest {

    @Test
    void shouldSumCrossEntropiesAndHits() {
        float[] probabilities = {0.5f, 0.25f, 0.25f, 0.1f, 0.2f, 0.7f};

        HeadScore score = HeadScore.of(probabilities, new int[] {0, 1}, 3);

        assertThat(score.images()).isEqualTo(2);
        assertThat(score.lossSum()).isEqualTo(-Math.log(0.5) - Math.log(0.2), offset(1e-6));
        assertThat(score.correct()).isEqualTo(1);
        assertThat(score.accuracy()).isEqualTo(0.5);
        assertThat(score.loss()).isEqualTo(score.lossSum() / 2);
    }

    @Test
    void shouldCountTheFiveGreatestOnly() {
        float[] probabilities = {0.30f, 0.25f, 0.20f, 0.12f, 0.08f, 0.05f};

        assertThat(HeadScore.of(probabilities, new int[] {4}, 6).correctInTop5())
                .isEqualTo(1);
        assertThat(HeadScore.of(probabilities, new int[] {5}, 6).correctInTop5())
                .isZero();
    }

    @Test
    void shouldBreakTiesByClassNumberSoThatAConstantOutputScoresChance() {
        float[] flat = {0.25f, 0.25f, 0.25f, 0.25f};

        assertThat(HeadScore.of(flat, new int[] {0}, 4).correct()).isEqualTo(1);
        assertThat(HeadScore.of(flat, new int[] {1}, 4).correct()).isZero();
    }

    @Test
    void shouldBoundTheLossOfAnUnderflownProbability() {
        assertThat(HeadScore.of(new float[] {0f, 1f}, new int[] {0}, 2).lossSum())
                .isEqualTo(-Math.log(1e-7), offset(1e-9));
    }

    @Test
    void shouldNotHideWhatIsNotANumber() {
        BatchScore score =
                new BatchScore(HeadScore.of(new float[] {Float.NaN, Float.NaN}, new int[] {0}, 2), HeadScore.NONE);

        assertThat(score.isFinite()).isFalse();
    }

    @Test
    void shouldWeighBatchesByTheirImages() {
        HeadScore large = new HeadScore(300, 300, 150, 200);
        HeadScore small = new HeadScore(100, 500, 100, 100);

        assertThat(large.plus(small).loss()).isEqualTo(2.0);
        assertThat(large.plus(small).accuracy()).isEqualTo(0.625);
    }
}
