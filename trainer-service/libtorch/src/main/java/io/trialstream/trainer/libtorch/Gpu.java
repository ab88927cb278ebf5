package io.trialstream.trainer.libtorch;

import io.trialstream.trainer.training.ComputeCapability;
import io.trialstream.trainer.training.GpuCode;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_cuda;

/** The machine's first GPU, as far as a build with the GPU's natives ({@code -Pcuda}) is concerned. */
final class Gpu {

    /** Read from the headers of the machine code in the library. */
    static final GpuCode CODE = GpuCode.of(
            "libtorch 2.10 for CUDA 13",
            "use a build for the CPU, or for GPUs before 9.0 the engine dl4j built with -Pcuda-11.6",
            "7.5",
            "8.0",
            "9.0",
            "10.0",
            "12.0");

    private Gpu() {}

    /** Whether the natives on the class path are those for GPUs. */
    static boolean isBuiltFor() {
        String natives = "/org/bytedeco/pytorch/" + Loader.getPlatform() + "-gpu/";
        return Stream.of("libtorch_cuda.so", "torch_cuda.dll")
                .anyMatch(library -> torch.class.getResource(natives + library) != null);
    }

    /**
     * Of the first GPU that libtorch sees; empty in a build for the CPU. Loads the native library.
     *
     * @throws IllegalStateException if a build for GPUs lacks the libraries that it needs
     */
    static Optional<ComputeCapability> capability() {
        if (!isSeen()) {
            return Optional.empty();
        }
        try (PointerScope scope = new PointerScope()) {
            cudaDeviceProp properties = torch_cuda.getDeviceProperties((byte) 0);
            return Optional.of(new ComputeCapability(properties.major(), properties.minor()));
        }
    }

    private static boolean isSeen() {
        try {
            return torch.cuda_is_available();
        } catch (LinkageError e) {
            throw explained(e, isBuiltFor());
        }
    }

    /** What to say of a native library that cannot be loaded: which library it misses is at the end of the causes. */
    static IllegalStateException explained(LinkageError error, boolean builtForGpus) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new IllegalStateException(
                builtForGpus
                        ? "this is a build for GPUs, and its library does not load: it needs CUDA 13 (with CUPTI),"
                                + " cuDNN 9 and NCCL 2 on the machine (" + root.getMessage() + ")"
                        : "libtorch's library does not load (" + root.getMessage() + ")",
                error);
    }

    /** The first GPU's name. Only where there is one. */
    static String name() {
        try (PointerScope scope = new PointerScope()) {
            return torch_cuda.getDeviceProperties((byte) 0).name().getString();
        }
    }
}
