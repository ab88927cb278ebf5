package io.trialstream.trainer.libtorch;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** What a layer does to a batch. */
@FunctionalInterface
interface LayerOperation {

    /**
     * @param inputs batches {@code [images, ...]}, in the order of the layer's inputs
     * @return a new tensor, or the first input where the operation worked in place
     */
    Tensor apply(List<Tensor> inputs, Pass pass);
}
