package io.trialstream.trainer.libtorch;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.training.Engine;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.FilterProbe;
import io.trialstream.trainer.training.InitialWeights;
import io.trialstream.trainer.training.Tensor;
import io.trialstream.trainer.training.TrainingRecipe;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** libtorch on the first CUDA GPU where the build and the machine have one, else on the CPU. */
public final class LibtorchEngine implements Engine {

    private final TorchDevice device;
    private final EngineOptions options;

    /**
     * With the options that suit the device. Loads the native library; on a machine's first start it is unpacked into
     * JavaCPP's cache, which takes seconds.
     */
    public LibtorchEngine() {
        this(EngineOptions.of(TorchDevice.best()));
    }

    /** As {@link #LibtorchEngine()}, with these options. The precision of the newest engine holds for the process. */
    LibtorchEngine(EngineOptions options) {
        this.device = TorchDevice.best();
        this.options = options;
        options.precision().apply();
    }

    @Override
    public String name() {
        return "libtorch";
    }

    @Override
    public String device() {
        return device.description();
    }

    /** What JavaCPP lets the library allocate ({@code org.bytedeco.javacpp.maxbytes}). */
    @Override
    public OptionalLong memoryBytes() {
        return Pointer.maxBytes() > 0 ? OptionalLong.of(Pointer.maxBytes()) : OptionalLong.empty();
    }

    @Override
    public EngineRun build(NetworkBlueprint blueprint, TrainingRecipe recipe, long seed) {
        return build(blueprint, recipe, seed, ScalarType.Float);
    }

    @Override
    public Optional<FilterProbe> probe(NetworkBlueprint blueprint, Map<String, Tensor> weights) {
        return Optional.of(new LibtorchProbe(blueprint, weights, device));
    }

    /** @param type float to train; double for gradient checks */
    LibtorchRun build(NetworkBlueprint blueprint, TrainingRecipe recipe, long seed, ScalarType type) {
        LibtorchRun run = new LibtorchRun(blueprint, recipe, device, options, type);
        run.setWeights(InitialWeights.of(blueprint, recipe.weightInit(), seed));
        return run;
    }
}
