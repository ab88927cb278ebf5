package io.trialstream.trainer.dl4j;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Changes nothing and keeps the gradient that comes back to it: a computation graph throws the input's away. */
final class InputTap extends ActivationLayer {

    private static final long serialVersionUID = 1L;

    InputTap() {
        super(new ActivationIdentity());
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType dataType) {
        Tapping layer = new Tapping(conf, dataType);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(conf, parameters, initialize));
        layer.setConf(conf);
        return layer;
    }

    /** The layer at work. */
    static final class Tapping extends org.deeplearning4j.nn.layers.ActivationLayer {

        private static final long serialVersionUID = 1L;

        private transient float[] tapped;

        Tapping(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        /** Of the last backward pass, image after image. */
        float[] tapped() {
            return tapped;
        }

        @Override
        public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
            tapped = epsilon.dup('c').data().asFloat();
            return super.backpropGradient(epsilon, workspaces);
        }
    }
}
