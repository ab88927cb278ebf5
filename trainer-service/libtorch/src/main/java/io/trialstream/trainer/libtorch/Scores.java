package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.training.BatchScore;
import io.trialstream.trainer.training.HeadScore;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** {@link HeadScore#of} on the device: nothing but six sums has to be read. */
final class Scores {

    /** Loss, correct, and correct among the first five, of the fine head, then of the coarse one. */
    private static final int SUMS = 6;

    private Scores() {}

    /** No sums yet. */
    static Tensor none(TorchDevice device) {
        return device.zeros(SUMS, ScalarType.Double);
    }

    /** @param logits of the fine and the coarse head */
    static Tensor of(List<Tensor> logits, TensorBatch batch) {
        return torch.cat(new TensorVector(head(logits.get(0), batch.fine()), head(logits.get(1), batch.coarse())), 0);
    }

    /** A class goes before an image's own if it is more probable, or as probable and of a lower number. */
    private static Tensor head(Tensor logits, Tensor labels) {
        Tensor probabilities = logits.detach().softmax(1).to(ScalarType.Float);
        Tensor label = labels.unsqueeze(1);
        Tensor own = probabilities.gather(1, label);
        Tensor classes = torch.arange(new Scalar(logits.size(1)), labels.options());
        Tensor before = probabilities
                .gt(own)
                .logical_or(probabilities.eq(own).logical_and(classes.lt(label)))
                .sum(1);
        return torch.stack(new TensorVector(
                own.to(ScalarType.Double)
                        .clamp_min(new Scalar(HeadScore.LEAST_PROBABILITY))
                        .log()
                        .sum()
                        .neg(),
                before.lt(new Scalar(1)).sum().to(ScalarType.Double),
                before.lt(new Scalar(HeadScore.TOP)).sum().to(ScalarType.Double)));
    }

    /** Waits for the device. */
    static BatchScore read(Tensor sums, int images) {
        try (PointerScope scope = new PointerScope()) {
            double[] values = new double[SUMS];
            new DoublePointer(TorchDevice.CPU
                            .place(sums, ScalarType.Double)
                            .contiguous()
                            .data_ptr())
                    .get(values);
            return new BatchScore(head(values, 0, images), head(values, SUMS / 2, images));
        }
    }

    private static HeadScore head(double[] values, int from, int images) {
        return new HeadScore(images, values[from], (int) values[from + 1], (int) values[from + 2]);
    }
}
