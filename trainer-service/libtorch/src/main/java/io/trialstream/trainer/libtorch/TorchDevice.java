package io.trialstream.trainer.libtorch;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Where tensors live: the first GPU where the machine has one that the natives run on, else the CPU. Thread-safe. */
enum TorchDevice {
    CPU("cpu", DeviceType.CPU),
    CUDA("cuda:0", DeviceType.CUDA);

    private static final String GROUP = "org.bytedeco";

    private final String name;
    private final DeviceType type;

    TorchDevice(String name, DeviceType type) {
        this.name = name;
        this.type = type;
    }

    /** As libtorch names its kind. */
    DeviceType type() {
        return type;
    }

    /** Loads the native library on first use. */
    static TorchDevice best() {
        return Gpu.capability().filter(Gpu.CODE::runsOn).isPresent() ? CUDA : CPU;
    }

    /** Zeros of that length. */
    Tensor zeros(long length, ScalarType type) {
        return torch.zeros(new long[] {length}, options(type));
    }

    /** The tensor on this device and of this type: itself where it is so already. */
    Tensor place(Tensor tensor, ScalarType type) {
        return tensor.to(new Device(name), type);
    }

    /** A generator of random numbers, independent of every other once it has a seed. */
    Generator newGenerator() {
        return torch.globalContext().defaultGenerator(new Device(name)).clone();
    }

    private TensorOptions options(ScalarType type) {
        return new TensorOptions(type).device(new DeviceOptional(new Device(name)));
    }

    /** Library, device and threads, for people. */
    String description() {
        String library = "libtorch " + version();
        if (this == CUDA) {
            return library + ", " + Gpu.name() + " (compute capability "
                    + Gpu.capability().map(Object::toString).orElse("unknown") + ")";
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
