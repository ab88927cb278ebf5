package io.trialstream.trainer.libtorch;

import io.trialstream.contracts.Reason;
import java.util.Optional;
import org.bytedeco.pytorch.Context;

/** Whether libtorch computes as fast as it should on this device. */
final class EngineCheck {

    /** The finding's code. */
    static final String CODE = "SLOW_ENGINE";

    private EngineCheck() {}

    /** What is wrong, if anything is: libtorch would train correctly but slowly. */
    static Optional<Reason> check() {
        if (TorchDevice.best() == TorchDevice.CPU && !Context.hasMKLDNN()) {
            return Optional.of(new Reason(
                    CODE,
                    "this build of libtorch has no oneDNN: its convolutions on the CPU are several times slower"));
        }
        return Optional.empty();
    }
}
