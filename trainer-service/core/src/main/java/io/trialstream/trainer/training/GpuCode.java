package io.trialstream.trainer.training;

import io.trialstream.contracts.Reason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The GPUs that an engine's native library was compiled for. It holds machine code only, nothing that a driver could
 * compile for others.
 *
 * @param library its name, for people
 * @param compiledFor in rising order
 * @param instead what someone with another GPU can do
 */
public record GpuCode(String library, List<ComputeCapability> compiledFor, String instead) {

    /** The code of the finding that a GPU cannot run the library. */
    public static final String UNSUPPORTED = "UNSUPPORTED_GPU";

    /** The code of the finding that a build for GPUs finds none that it could use. */
    public static final String NONE = "NO_GPU";

    /** Validates and copies. */
    public GpuCode {
        Objects.requireNonNull(library, "library");
        compiledFor = List.copyOf(compiledFor);
        Objects.requireNonNull(instead, "instead");
    }

    /** @param compiledFor such as {@code 8.6} */
    public static GpuCode of(String library, String instead, String... compiledFor) {
        return new GpuCode(
                library, Stream.of(compiledFor).map(ComputeCapability::of).toList(), instead);
    }

    /** Whether a GPU can run it. */
    public boolean runsOn(ComputeCapability gpu) {
        return compiledFor.stream().anyMatch(gpu::runs);
    }

    /**
     * What a build for GPUs finds wrong.
     *
     * @param gpu the machine's; empty if the library sees none
     */
    public Optional<Reason> finding(Optional<ComputeCapability> gpu) {
        if (gpu.isEmpty()) {
            return Optional.of(new Reason(
                    NONE,
                    "this is a build for GPUs, and " + library
                            + " finds none that it can use (no GPU, no driver, or not"
                            + " the CUDA libraries it needs): it would train on the CPU"));
        }
        if (!runsOn(gpu.get())) {
            return Optional.of(new Reason(
                    UNSUPPORTED,
                    "this machine's GPU has compute capability " + gpu.get() + ", " + library + " has machine code for "
                            + join() + ": it would train on the CPU; " + instead));
        }
        return Optional.empty();
    }

    private String join() {
        return String.join(
                ", ", compiledFor.stream().map(ComputeCapability::toString).toList());
    }
}
