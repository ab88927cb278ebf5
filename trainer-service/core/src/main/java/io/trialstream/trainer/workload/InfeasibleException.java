package io.trialstream.trainer.workload;

import java.util.Objects;

/**
 * The trial's configuration is at fault and would be on any machine: the trial ends INFEASIBLE, which the sampler
 * learns as bad. Whatever else goes wrong in a run is the infrastructure's fault and must not be thrown as this.
 */
public final class InfeasibleException extends RuntimeException {

    /** The loss of a batch, or a metric of the selection split, became NaN or infinite. */
    public static final String NON_FINITE_LOSS = "non-finite-loss";
    /** A metric that the workload reports is NaN or infinite. */
    public static final String NON_FINITE_METRIC = "non-finite-metric";
    /** The network cannot be built: a feature map is pooled away, or a layer would have no unit. */
    public static final String INVALID_ARCHITECTURE = "invalid-architecture";
    /** The trial needs more memory than its pool declares. */
    public static final String OUT_OF_MEMORY = "out-of-memory";

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code one of this class's constants or a workload's own, kebab-case
     * @param reason for people, naming the value at fault
     */
    public InfeasibleException(String code, String reason) {
        super(reason);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** The error code that events, logs and the API share. */
    public String code() {
        return code;
    }
}
