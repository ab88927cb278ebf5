package io.trialstream.trainer.libtorch;

import org.bytedeco.pytorch.Tensor;

/** One way of a batch through the network, as its layers see it. */
interface Pass {

    /** Whether dropout drops and batch normalisation uses, and keeps account of, the batch's own statistics. */
    boolean training();

    /**
     * A mask for a layer's values: 0 with probability {@code rate}, else {@code kept}.
     *
     * @param like gives shape, memory order, device and type
     * @param channels where the values' channels lie; what pads them gets 0 and does not change the others' masks
     * @param layer number of the layer in the blueprint
     */
    Tensor mask(Tensor like, Channels channels, int layer, double rate, double kept);
}
