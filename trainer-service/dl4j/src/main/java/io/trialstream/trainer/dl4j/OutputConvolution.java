package io.trialstream.trainer.dl4j;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution that remembers its output from the forward to the backward pass. DL4J's own convolves a second time in
 * the backward pass, only to learn the slope of the activation; the activations used here know their slope from the
 * output ({@link EluOfOutput}; ReLU's and the identity's are the same from either).
 */
final class OutputConvolution extends ConvolutionLayer {

    private static final long serialVersionUID = 1L;

    OutputConvolution(ConvolutionLayer.Builder builder) {
        super(builder);
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType dataType) {
        Remembering layer = new Remembering(conf, dataType);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(conf, parameters, initialize));
        layer.setConf(conf);
        return layer;
    }

    /** The layer at work: one batch at a time, forward then backward. */
    private static final class Remembering extends org.deeplearning4j.nn.layers.convolution.ConvolutionLayer {

        private static final long serialVersionUID = 1L;

        /** Lives in the workspace of activations, which stays open until the backward pass is over. */
        private transient INDArray output;

        Remembering(NeuralNetConfiguration conf, DataType dataType) {
            super(conf, dataType);
        }

        @Override
        public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
            INDArray activated = super.activate(training, workspaces);
            output = training ? activated : null;
            return activated;
        }

        @Override
        protected Pair<INDArray, INDArray> preOutput4d(
                boolean training, boolean forBackprop, LayerWorkspaceMgr workspaces) {
            if (!forBackprop) {
                return super.preOutput4d(training, false, workspaces);
            }
            Pair<INDArray, INDArray> remembered = new Pair<>(output, null);
            output = null;
            return remembered;
        }
    }
}
