package io.trialstream.trainer.training;

import java.util.Objects;

/** What a network made of a batch, head by head. */
public record BatchScore(HeadScore fine, HeadScore coarse) {

    /** Validates. */
    public BatchScore {
        Objects.requireNonNull(fine, "fine");
        Objects.requireNonNull(coarse, "coarse");
    }

    /** Over no image. */
    public static BatchScore none() {
        return new BatchScore(HeadScore.NONE, HeadScore.NONE);
    }

    /** Over both batches' images. */
    public BatchScore plus(BatchScore other) {
        return new BatchScore(fine.plus(other.fine), coarse.plus(other.coarse));
    }

    /** Whether every loss is a number. */
    public boolean isFinite() {
        return Double.isFinite(fine.lossSum()) && Double.isFinite(coarse.lossSum());
    }
}
