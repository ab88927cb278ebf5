package io.trialstream.trainer.dl4j;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.training.Engine;
import io.trialstream.trainer.training.EngineRun;
import io.trialstream.trainer.training.OptimizerSettings;
import java.util.Properties;
import org.deeplearning4j.config.DL4JClassLoading;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Deeplearning4j 1.0.0-M2.1 on the CPU. */
public final class Dl4jEngine implements Engine {

    /** DL4J leaves its oneDNN layers off unless this says otherwise before its first layer is made. */
    private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

    /** Loads the native library, which takes a second or two. */
    public Dl4jEngine() {
        if (System.getProperty(HELPERS_DISABLED) == null) {
            System.setProperty(HELPERS_DISABLED, "false");
        }
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

    @Override
    public EngineRun build(NetworkBlueprint blueprint, OptimizerSettings optimizer, long seed) {
        return new Dl4jRun(graph(blueprint, optimizer, seed), blueprint);
    }

    static ComputationGraph graph(NetworkBlueprint blueprint, OptimizerSettings optimizer, long seed) {
        return graph(blueprint, optimizer, seed, DataType.FLOAT);
    }

    static ComputationGraph graph(
            NetworkBlueprint blueprint, OptimizerSettings optimizer, long seed, DataType dataType) {
        ComputationGraph graph = new ComputationGraph(GraphTranslation.translate(blueprint, optimizer, seed, dataType));
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
