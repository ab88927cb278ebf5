package io.trialstream.trainer.dl4j;

import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.blueprint.OptimizerKind;
import io.trialstream.trainer.blueprint.WeightInit;
import io.trialstream.trainer.training.InitialWeights;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/** The engine's graphs, without what scores and stops them. */
final class TestGraphs {

    private TestGraphs() {}

    static ComputationGraph graph(NetworkBlueprint blueprint, long seed, DataType dataType) {
        StepRate rate = new StepRate();
        rate.set(0.001);
        ComputationGraph graph = Dl4jEngine.graph(blueprint, OptimizerKind.NADAM, rate, dataType);
        WeightLayout.setWeights(graph, InitialWeights.of(blueprint, WeightInit.GLOROT_UNIFORM, seed));
        return graph;
    }
}
