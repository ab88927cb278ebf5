package io.trialstream.trainer.libtorch;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Where tensors live: the first CUDA GPU where the natives and the machine have one, else the CPU. Thread-safe. */
enum TorchDevice {
    CPU("cpu"),
    CUDA("cuda:0");

    private static final String GROUP = "org.bytedeco";

    private final String name;

    TorchDevice(String name) {
        this.name = name;
    }

    /** Loads the native library on first use. */
    static TorchDevice best() {
        return torch.cuda_is_available() ? CUDA : CPU;
    }

    /** Zeros of that length. */
    Tensor zeros(long length, ScalarType type) {
        return torch.zeros(new long[] {length}, options(type));
    }

    /** The tensor on this device and of this type: itself where it is so already. */
    Tensor place(Tensor tensor, ScalarType type) {
        return tensor.to(new Device(name), type);
    }

    private TensorOptions options(ScalarType type) {
        return new TensorOptions(type).device(new DeviceOptional(new Device(name)));
    }

    /** Library, device and threads, for people. */
    String description() {
        String library = "libtorch " + version();
        if (this == CUDA) {
            return library + ", CUDA GPU";
        }
        try (PointerScope scope = new PointerScope()) {
            return library + ", CPU (" + torch.get_cpu_capability().getString()
                    + (Context.hasMKLDNN() ? ", oneDNN" : "") + "), " + torch.get_num_threads() + " threads";
        }
    }

    private static String version() {
        try {
            return Loader.getVersion(GROUP, "pytorch");
        } catch (java.io.IOException e) {
            return "of unknown version";
        }
    }
}
