package io.trialstream.trainer.training;

/** The generation of an NVIDIA GPU, or the one that machine code was made for: 8.6 is major 8, minor 6. */
public record ComputeCapability(int major, int minor) {

    /** Validates. */
    public ComputeCapability {
        if (major < 1 || minor < 0 || minor > 9) {
            throw new IllegalArgumentException("no compute capability is " + major + "." + minor);
        }
    }

    /** Of a text such as {@code 8.6}. */
    public static ComputeCapability of(String text) {
        String[] parts = text.split("\\.", 2);
        return new ComputeCapability(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /** NVIDIA's rule: machine code runs on GPUs of its own major version and of its minor one or a higher. */
    public boolean runs(ComputeCapability code) {
        return major == code.major && minor >= code.minor;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
