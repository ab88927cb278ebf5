package io.trialstream.trainer.blueprint;

/** The learning rate over a training, as a factor of the configured one. Steps count from 0. */
public sealed interface LearningRateSchedule {

    /** The factor at this step. */
    double factor(long step, long totalSteps);

    /** Always 1: the seed's. */
    record Constant() implements LearningRateSchedule {
        @Override
        public double factor(long step, long totalSteps) {
            return 1;
        }
    }

    /** (1 + cos(pi t / T)) / 2: from 1 to nearly 0 at the last step. Loshchilov and Hutter, 2017, without restarts. */
    record Cosine() implements LearningRateSchedule {
        @Override
        public double factor(long step, long totalSteps) {
            return falling((double) step / totalSteps);
        }
    }

    /**
     * Linearly from 1/25 up to 1 over the warm-up, then as {@link Cosine} over what is left. After Smith and Topin,
     * 2018.
     *
     * @param warmup part of all steps, within (0, 1)
     */
    record OneCycle(double warmup) implements LearningRateSchedule {
        private static final double START = 1.0 / 25;

        /** Validates. */
        public OneCycle {
            if (!(warmup > 0 && warmup < 1)) {
                throw new IllegalArgumentException("warmup must be within (0, 1) but is " + warmup);
            }
        }

        @Override
        public double factor(long step, long totalSteps) {
            double done = (double) step / totalSteps;
            return done < warmup ? START + (1 - START) * done / warmup : falling((done - warmup) / (1 - warmup));
        }
    }

    private static double falling(double done) {
        return (1 + Math.cos(Math.PI * done)) / 2;
    }
}
