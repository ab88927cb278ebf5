package io.trialstream.trainer.libtorch;

import io.trialstream.contracts.Reason;
import io.trialstream.trainer.training.ComputeCapability;
import java.util.Optional;
import org.bytedeco.pytorch.Context;

/** Whether libtorch computes as fast as it should on this device. */
final class EngineCheck {

    /** The code of the finding that the CPU's library lacks something. */
    static final String CODE = "SLOW_ENGINE";

    private EngineCheck() {}

    /** What is wrong, if anything is: libtorch would train correctly but slowly. */
    static Optional<Reason> check() {
        return finding(Gpu.isBuiltFor(), Gpu.capability(), Context.hasMKLDNN());
    }

    /**
     * What is wrong with a machine.
     *
     * @param builtForGpus whether the natives are those for GPUs
     * @param gpu the first one that libtorch sees
     * @param oneDnn whether the natives have oneDNN for the CPU
     */
    static Optional<Reason> finding(boolean builtForGpus, Optional<ComputeCapability> gpu, boolean oneDnn) {
        if (builtForGpus) {
            return Gpu.CODE.finding(gpu);
        }
        return oneDnn
                ? Optional.empty()
                : Optional.of(new Reason(
                        CODE,
                        "this build of libtorch has no oneDNN: its convolutions on the CPU are several times slower"));
    }
}
