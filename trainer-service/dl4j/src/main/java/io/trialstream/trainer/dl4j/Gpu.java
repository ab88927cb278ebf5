package io.trialstream.trainer.dl4j;

import io.trialstream.trainer.training.ComputeCapability;
import io.trialstream.trainer.training.GpuCode;
import java.util.Optional;
import org.bytedeco.cuda.global.cudart;

/** The machine's first GPU, as far as a build with DL4J's GPU backend ({@code -Pcuda-11.6}) is concerned. */
final class Gpu {

    /** Read from the headers of the machine code in the library. */
    static final GpuCode CODE = GpuCode.of(
            "nd4j-cuda-11.6",
            "the engine libtorch built with -Pcuda runs on GPUs from 7.5 on",
            "3.7",
            "5.0",
            "5.2",
            "6.0",
            "6.1",
            "7.0",
            "7.5",
            "8.0",
            "8.6");

    private static final String BACKEND = "/org/nd4j/linalg/jcublas/JCublasBackend.class";

    private Gpu() {}

    /** Whether DL4J's GPU backend is on the class path. */
    static boolean isBuiltFor() {
        return Gpu.class.getResource(BACKEND) != null;
    }

    /** Of the first GPU, asked of CUDA's runtime and not of DL4J, which must not be loaded where it cannot run. */
    static Optional<ComputeCapability> capability() {
        try {
            int[] value = new int[1];
            if (cudart.cudaDeviceGetAttribute(value, cudart.cudaDevAttrComputeCapabilityMajor, 0) != 0) {
                return Optional.empty();
            }
            int major = value[0];
            return cudart.cudaDeviceGetAttribute(value, cudart.cudaDevAttrComputeCapabilityMinor, 0) == 0
                    ? Optional.of(new ComputeCapability(major, value[0]))
                    : Optional.empty();
        } catch (LinkageError e) {
            // CUDA's libraries are not on this machine.
            return Optional.empty();
        }
    }

    /**
     * DL4J would fail at its first operation, with a number for a reason.
     *
     * @throws IllegalStateException if this is a build for GPUs and the machine's cannot run it
     */
    static void requireSupported() {
        if (isBuiltFor()) {
            capability().flatMap(gpu -> CODE.finding(Optional.of(gpu))).ifPresent(reason -> {
                throw new IllegalStateException(reason.text());
            });
        }
    }
}
