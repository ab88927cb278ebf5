package io.trialstream.trainer.blueprint;

/**
 * Rules by which gradients change weights, with Keras's defaults: beta1 0.9, beta2 0.999, rho 0.9, epsilon 1e-7. With
 * gradient g, learning rate a, step t from 1:
 */
public enum OptimizerKind {
    /**
     * m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2,
     * w -= a sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon). Kingma and Ba, 2015.
     */
    ADAM,
    /**
     * Adam with Nesterov momentum and a momentum schedule mu_t = beta1 (1 - 0.5 0.96^(0.004 t)), P_t = mu_1 … mu_t:
     * w -= a [ (1 - mu_t) g / (1 - P_t) + mu_(t+1) m / (1 - P_t mu_(t+1)) ] / ( sqrt(v / (1 - beta2^t)) + epsilon ).
     * Dozat, 2016, in the form of Keras.
     */
    NADAM,
    /** v = rho v + (1 - rho) g^2, w -= a g / (sqrt(v) + epsilon). Tieleman and Hinton, 2012. */
    RMSPROP
}
