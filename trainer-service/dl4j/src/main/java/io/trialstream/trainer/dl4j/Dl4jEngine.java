package io.trialstream.trainer.dl4j;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.training.Engine;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.FilterProbe;
import io.trialstream.trainer.training.InitialWeights;
import io.trialstream.trainer.training.Tensor;
import io.trialstream.trainer.training.TrainingRecipe;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.config.DL4JClassLoading;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.CrashReportingUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j 1.0.0-M2.1: on the CPU, or on the first GPU in a build with its GPU backend. */
public final class Dl4jEngine implements Engine {

    /** DL4J leaves its oneDNN layers off unless this says otherwise before its first layer is made. */
    private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

    /**
     * Loads the native library, which takes a second or two.
     *
     * @throws IllegalStateException if this is a build for GPUs and the machine's cannot run it
     */
    public Dl4jEngine() {
        Gpu.requireSupported();
        if (System.getProperty(HELPERS_DISABLED) == null) {
            System.setProperty(HELPERS_DISABLED, "false");
        }
        // Memory that runs out is a trial's result here, not a reason to write files into the working directory.
        CrashReportingUtil.crashDumpsEnabled(false);
        DL4JClassLoading.setDl4jClassloaderFromClass(Dl4jEngine.class);
        // Arrays are closed explicitly; periodic collections of the whole heap would only cost time.
        Nd4j.getMemoryManager().togglePeriodicGc(false);
    }

    @Override
    public String name() {
        return "dl4j";
    }

    @Override
    public String device() {
        Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
        return "DL4J 1.0.0-M2.1, " + environment.getProperty("backend") + " (" + environment.getProperty("blas.vendor")
                + "), " + Nd4j.getEnvironment().maxMasterThreads() + " threads";
    }

    /** What JavaCPP lets the library allocate ({@code org.bytedeco.javacpp.maxbytes}). */
    @Override
    public OptionalLong memoryBytes() {
        return Pointer.maxBytes() > 0 ? OptionalLong.of(Pointer.maxBytes()) : OptionalLong.empty();
    }

    @Override
    public EngineRun build(NetworkBlueprint blueprint, TrainingRecipe recipe, long seed) {
        StepRate rate = new StepRate();
        Dl4jRun run = new Dl4jRun(
                graph(blueprint, recipe.optimizer(), rate, DataType.FLOAT), blueprint, rate, recipe.labelSmoothing());
        run.setWeights(InitialWeights.of(blueprint, recipe.weightInit(), seed));
        return run;
    }

    @Override
    public Optional<FilterProbe> probe(NetworkBlueprint blueprint, Map<String, Tensor> weights) {
        return Optional.of(new Dl4jProbe(blueprint, weights));
    }

    /** A network whose weights are all still to be set. */
    static ComputationGraph graph(
            NetworkBlueprint blueprint, OptimizerKind optimizer, StepRate rate, DataType dataType) {
        ComputationGraph graph = new ComputationGraph(GraphTranslation.translate(blueprint, optimizer, rate, dataType));
        graph.init();
        // DL4J lets a dropout layer overwrite its input once no later layer reads it. A residual unit's linear branch
        // reads it earlier but needs it again in its backward pass: its gradient would be that of the dropped input.
        for (Layer layer : graph.getLayers()) {
            layer.allowInputModification(false);
        }
        if (graph.numParams() != blueprint.parameters()) {
            throw new IllegalStateException(
                    "DL4J built " + graph.numParams() + " parameters, the blueprint has " + blueprint.parameters());
        }
        return graph;
    }
}
