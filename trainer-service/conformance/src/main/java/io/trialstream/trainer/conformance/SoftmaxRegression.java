package io.trialstream.trainer.conformance;

import io.trialstream.contracts.blueprint.BlueprintLayer;
import io.trialstream.contracts.blueprint.NetworkBlueprint;
import io.trialstream.trainer.training.ImageBatch;
import io.trialstream.trainer.training.Tensor;
import io.trialstream.trainer.training.TrainingRecipe;
import java.util.LinkedHashMap;
import java.util.Map;

/** Two heads right on the pixels, trained by the formulas in double precision. */
final class SoftmaxRegression {

    private final NetworkBlueprint blueprint;
    private final TrainingRecipe recipe;
    private final Map<String, double[]> weights = new LinkedHashMap<>();
    private final Map<String, KerasFormula[]> rules = new LinkedHashMap<>();

    SoftmaxRegression(NetworkBlueprint blueprint, Map<String, Tensor> initial, TrainingRecipe recipe) {
        this.blueprint = blueprint;
        this.recipe = recipe;
        initial.forEach((name, array) -> {
            double[] values = new double[array.values().length];
            KerasFormula[] rule = new KerasFormula[values.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = array.values()[i];
                rule[i] = new KerasFormula(recipe.optimizer());
            }
            weights.put(name, values);
            rules.put(name, rule);
        });
    }

    Map<String, double[]> weights() {
        return weights;
    }

    void train(ImageBatch batch, int step, double rate) {
        int[] labels = batch.fine();
        for (BlueprintLayer layer : TinyNetworks.heads(blueprint)) {
            train((BlueprintLayer.Head) layer, batch, labels, step, rate);
            labels = batch.coarse();
        }
    }

    private void train(BlueprintLayer.Head head, ImageBatch batch, int[] labels, int step, double rate) {
        int classes = head.units();
        int inputs = batch.pixels().length / batch.size();
        double[] kernel = weights.get(head.name() + "/kernel");
        double[] bias = weights.get(head.name() + "/bias");
        double[] kernelSlope = new double[kernel.length];
        double[] biasSlope = new double[bias.length];
        for (int image = 0; image < batch.size(); image++) {
            double[] logits = bias.clone();
            for (int i = 0; i < kernel.length; i++) {
                logits[i % classes] += kernel[i] * batch.pixels()[image * inputs + i / classes];
            }
            double sum = 0;
            for (double logit : logits) {
                sum += Math.exp(logit);
            }
            for (int c = 0; c < classes; c++) {
                double smoothing = recipe.labelSmoothing();
                double target = (c == labels[image] ? 1 - smoothing : 0) + smoothing / classes;
                double error = head.lossWeight() * (Math.exp(logits[c]) / sum - target) / batch.size();
                biasSlope[c] += error;
                for (int i = 0; i < inputs; i++) {
                    kernelSlope[i * classes + c] += error * batch.pixels()[image * inputs + i];
                }
            }
        }
        for (int i = 0; i < kernel.length; i++) {
            kernelSlope[i] += 2 * head.l2() * kernel[i];
        }
        update(head.name() + "/kernel", kernelSlope, step, rate);
        update(head.name() + "/bias", biasSlope, step, rate);
    }

    private void update(String name, double[] slopes, int step, double rate) {
        double[] values = weights.get(name);
        for (int i = 0; i < values.length; i++) {
            values[i] -= rules.get(name)[i].step(slopes[i], step, rate);
        }
    }
}
