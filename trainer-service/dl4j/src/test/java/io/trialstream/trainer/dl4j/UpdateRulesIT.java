package io.trialstream.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.trialstream.trainer.blueprint.OptimizerKind;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;

/** Each rule step by step against its formula ({@link OptimizerKind}), in double precision. */
class UpdateRulesIT {

    private static final double RATE = 0.002;
    private static final double[] GRADIENTS = {0.5, -0.3, 1e-4, 0.0, 2.5, -1.0, 0.01, 0.02};

    @Test
    void shouldTakeAdamsSteps() {
        double m = 0;
        double v = 0;
        GradientUpdater<?> updater = updater(OptimizerKind.ADAM);
        for (int t = 1; t <= GRADIENTS.length; t++) {
            double g = GRADIENTS[t - 1];
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            double rate = RATE * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
            assertThat(step(updater, g, t)).as("step %d", t).isCloseTo(rate * m / (Math.sqrt(v) + 1e-7), offset(1e-12));
        }
    }

    @Test
    void shouldTakeNadamsSteps() {
        double m = 0;
        double v = 0;
        double product = 1;
        GradientUpdater<?> updater = updater(OptimizerKind.NADAM);
        for (int t = 1; t <= GRADIENTS.length; t++) {
            double g = GRADIENTS[t - 1];
            double mu = 0.9 * (1 - 0.5 * Math.pow(0.96, 0.004 * t));
            double next = 0.9 * (1 - 0.5 * Math.pow(0.96, 0.004 * (t + 1)));
            product *= mu;
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            double direction = (1 - mu) * g / (1 - product) + next * m / (1 - product * next);
            double expected = RATE * direction / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-7);
            assertThat(step(updater, g, t)).as("step %d", t).isCloseTo(expected, offset(1e-12));
        }
    }

    /**
     * By hand: mu_1 = 0.9 (1 - 0.5 * 0.96^0.004) = 0.450073478, mu_2 = 0.450146943. g = 0.5: m = 0.05, v = 0.00025,
     * corrected 0.25. (1 - mu_1) 0.5 / (1 - mu_1) = 0.5; mu_2 0.05 / (1 - mu_1 mu_2) = 0.0282249; so 0.002 * 0.5282249
     * / 0.5.
     */
    @Test
    void shouldTakeNadamsFirstStepAsComputedByHand() {
        assertThat(step(updater(OptimizerKind.NADAM), 0.5, 1)).isCloseTo(0.0021129, offset(1e-7));
    }

    @Test
    void shouldContinueNadamFromItsStateAtAnyStep() {
        INDArray state = Nd4j.zeros(DataType.DOUBLE, 2);
        IUpdater config = GraphTranslation.updater(OptimizerKind.NADAM, rate());
        GradientUpdater<?> whole = updater(OptimizerKind.NADAM);
        GradientUpdater<?> first = config.instantiate(state, true);
        for (int t = 1; t <= 4; t++) {
            assertThat(step(first, GRADIENTS[t - 1], t)).isEqualTo(step(whole, GRADIENTS[t - 1], t));
        }

        GradientUpdater<?> resumed = config.instantiate(state.dup(), false);

        for (int t = 5; t <= GRADIENTS.length; t++) {
            assertThat(step(resumed, GRADIENTS[t - 1], t)).isEqualTo(step(whole, GRADIENTS[t - 1], t));
        }
    }

    @Test
    void shouldTakeRmsPropsSteps() {
        double v = 0;
        GradientUpdater<?> updater = updater(OptimizerKind.RMSPROP);
        for (int t = 1; t <= GRADIENTS.length; t++) {
            double g = GRADIENTS[t - 1];
            v = 0.9 * v + 0.1 * g * g;
            assertThat(step(updater, g, t)).as("step %d", t).isCloseTo(RATE * g / (Math.sqrt(v) + 1e-7), offset(1e-12));
        }
    }

    private static GradientUpdater<?> updater(OptimizerKind kind) {
        IUpdater updater = GraphTranslation.updater(kind, rate());
        return updater.instantiate(Nd4j.zeros(DataType.DOUBLE, 1, updater.stateSize(1)), true);
    }

    private static StepRate rate() {
        StepRate rate = new StepRate();
        rate.set(RATE);
        return rate;
    }

    /** What the rule subtracts for gradient {@code g} at step {@code t} from 1. */
    private static double step(GradientUpdater<?> updater, double g, int t) {
        INDArray gradient = Nd4j.createFromArray(g);
        updater.applyUpdater(gradient, t - 1, 0);
        return gradient.getDouble(0);
    }
}
