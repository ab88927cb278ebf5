package io.trialstream.trainer.training;

/**
 * The momentum of Nadam, mu_t = beta1 (1 - 0.5 0.96^(0.004 t)), and its product over the steps, P_t = mu_1 … mu_t. The
 * rule is at {@link io.trialstream.trainer.blueprint.OptimizerKind#NADAM}. Keeps the product of the last step, so that
 * steps in order cost one factor each. Confined to one thread.
 */
public final class NadamSchedule {
    private static final double BETA1 = 0.9;

    private double product = 1;
    private long productStep;

    /** mu_t of a step counted from 1. */
    public double momentum(long step) {
        return BETA1 * (1 - 0.5 * Math.pow(0.96, 0.004 * step));
    }

    /** P_t of a step counted from 1; counted anew when steps do not follow each other, as after a resume. */
    public double product(long step) {
        if (productStep >= step) {
            productStep = 0;
            product = 1;
        }
        while (productStep < step) {
            productStep++;
            product *= momentum(productStep);
        }
        return product;
    }
}
