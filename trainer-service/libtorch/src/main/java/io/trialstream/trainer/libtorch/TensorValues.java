package io.trialstream.trainer.libtorch;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Values between Java's arrays and tensors of any device and type. */
final class TensorValues {

    private TensorValues() {}

    /** Copies out the tensor's values in row-major order. */
    static float[] read(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor host =
                    TorchDevice.CPU.place(tensor.detach(), ScalarType.Float).contiguous();
            float[] values = new float[Math.toIntExact(host.numel())];
            if (values.length > 0) {
                new FloatPointer(host.data_ptr()).get(values);
            }
            return values;
        }
    }

    /** Copies values into a vector of the same length, whatever its device and type. */
    static void write(float[] values, Tensor vector) {
        if (vector.numel() != values.length) {
            throw new IllegalArgumentException(values.length + " values for " + vector.numel());
        }
        try (PointerScope scope = new PointerScope()) {
            vector.detach().copy_(Tensor.create(values, values.length));
        }
    }
}
