package io.trialstream.benchmarks;

import java.util.Map;

/** Closed-form functions on spaces with choices that gate further parameters. Values as a configuration shows them. */
final class ConditionalFunctions {
    private static final Map<String, Double> OPTIMIZER_PENALTY = Map.of("Adam", 0.02, "Nadam", 0.0, "RMSprop", 0.12);
    private static final Map<String, Double> OPTIMIZER_RATE = Map.of("Adam", 0.1, "Nadam", -0.2, "RMSprop", -0.4);
    private static final Map<String, Double> POOLING =
            Map.of("max", 0.04, "avg", 0.02, "all_conv", 0.09, "inception", 0.0);

    private ConditionalFunctions() {}

    /** The leaf must equal t, whichever branch it is on: (leaf - t)²; the test of Optuna's issue 5299. */
    static double gate(Map<String, Object> c) {
        Map<String, Object> branch = object(c, "x");
        return square(number(branch, branch.containsKey("y") ? "y" : "z") - number(c, "t"));
    }

    /** Three model families, gates three levels deep; the best leaf moves with {@code scale} above them. */
    static double classifier(Map<String, Object> c) {
        double scale = number(c, "scale");
        Map<String, Object> model = object(c, "model");
        double loss = 0.05 * square(scale - 0.7);
        if (model.containsKey("kernel")) {
            return loss + kernelMachine(model, scale);
        }
        if (model.containsKey("trees")) {
            return loss
                    + 0.12
                    + 0.001 * square(number(model, "depth") - 4 - 12 * scale)
                    + 0.02 * square(1 - number(model, "trees") / 500);
        }
        return loss + perceptron(model, scale);
    }

    private static double kernelMachine(Map<String, Object> model, double scale) {
        Map<String, Object> kernel = object(model, "kernel");
        double loss = 0.08 + 0.01 * square((Math.log(number(model, "cost")) - 2) / 2);
        return kernel.containsKey("gamma")
                ? loss + 0.02 * square((Math.log(number(kernel, "gamma")) + 4 - 4 * scale) / 2)
                : loss + 0.03 + 0.02 * square(number(kernel, "degree") - 1 - 4 * scale);
    }

    private static double perceptron(Map<String, Object> model, double scale) {
        Map<String, Object> widths = object(model, "layers");
        double loss = 0.06 - 0.02 * widths.size() + 0.02 * square(Math.log(number(model, "rate")) + 7 - 3 * scale);
        for (int layer = 1; layer <= widths.size(); layer++) {
            loss += 0.3 * square(number(widths, "width_" + layer) - (layer % 2 == 1 ? scale : 1 - scale));
        }
        return loss;
    }

    /** Shaped like the error of a convolutional network: 22 parameters, mostly mild, some with interactions. */
    static double convnet(Map<String, Object> c) {
        String optimizer = (String) c.get("optimizer");
        double rate = Math.log(number(c, "lr_rate_mult"));
        boolean residual = c.get("residual") != null;
        boolean extra = c.get("one_more_fc") != null;
        return 0.38
                + OPTIMIZER_PENALTY.get(optimizer)
                + 0.3 * square(rate - OPTIMIZER_RATE.get(optimizer))
                + 0.03 * square(Math.log(number(c, "l2_weight_reg_mult")) + 0.5)
                + 0.02 * square((number(c, "batch_size") - 250) / 150 - rate)
                + 0.1 * square(number(c, "coarse_labels_weight") - 0.3)
                + 0.5 * square(number(c, "conv_dropout_drop_proba") - (residual ? 0.22 : 0.1))
                + 0.2 * square(number(c, "fc_dropout_drop_proba") - (extra ? 0.45 : 0.3))
                + (residual ? residualBlocks(c) : 0.12)
                + (extra ? 0.05 + 0.05 * square(Math.log(number(c, "one_more_fc"))) : 0)
                + layers(c);
    }

    private static double residualBlocks(Map<String, Object> c) {
        double best = number(c, "nb_conv_pool_layers") == 3 ? 3 : 2;
        return 0.012 * square(number(c, "residual") - best)
                + 0.01 * square(number(c, "conv_pool_res_start_idx"))
                + 0.01 * square(number(c, "res_conv_kernel_size") - 2);
    }

    private static double layers(Map<String, Object> c) {
        double first = c.get("first_conv") == null ? 0.03 : number(c, "first_conv") == 3 ? 0.01 : 0;
        return first
                + (Boolean.TRUE.equals(c.get("use_BN")) ? 0 : 0.08)
                + 0.1 * square(Math.log(number(c, "conv_hiddn_units_mult")) - 0.3)
                + (number(c, "nb_conv_pool_layers") == 2 ? 0.06 : 0)
                + POOLING.get((String) c.get("pooling_type"))
                + 0.02 * square(number(c, "conv_kernel_size") - 3)
                + 0.05 * square(Math.log(number(c, "fc_units_1_mult")) - 0.2)
                + ("relu".equals(c.get("activation")) ? 0.03 : 0);
    }

    /** Two independent gates whose leaves depend on the strength above them. */
    static double augmentation(Map<String, Object> c) {
        double strength = number(c, "strength");
        Map<String, Object> mixing = object(c, "mixing");
        double crop = c.get("crop") == null ? 0.1 : 0.004 * square(number(object(c, "crop"), "padding") - 8 * strength);
        double loss =
                0.1 * square(strength - 0.55) + square(number(c, "smoothing") - (mixing == null ? 0.2 : 0.1)) + crop;
        if (mixing == null) {
            return loss + 0.12;
        }
        return loss
                + (mixing.containsKey("mixup")
                        ? 0.04 + 0.3 * square(number(mixing, "mixup") - 1 + strength)
                        : 0.3 * square(number(mixing, "cutmix") - strength)
                                + 0.2 * square(number(mixing, "area") - 0.2 - 0.5 * strength));
    }

    static double number(Map<String, Object> values, String name) {
        return ((Number) values.get(name)).doubleValue();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Map<String, Object> values, String name) {
        return (Map<String, Object>) values.get(name);
    }

    static double square(double x) {
        return x * x;
    }
}
