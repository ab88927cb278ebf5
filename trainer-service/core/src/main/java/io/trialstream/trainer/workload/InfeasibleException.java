package io.trialstream.trainer.workload;

import java.util.Objects;

/**
 * Thrown when the trial's configuration cannot be trained on any machine: the trial ends INFEASIBLE, and the sampler
 * counts it as bad. Other failures are the infrastructure's fault and must not be thrown as this.
 */
public final class InfeasibleException extends RuntimeException {

    /** The loss of a batch, or a metric of the selection split, became NaN or infinite. */
    public static final String NON_FINITE_LOSS = "NON_FINITE_LOSS";
    /** A metric that the workload reports is NaN or infinite. */
    public static final String NON_FINITE_METRIC = "NON_FINITE_METRIC";
    /** The network cannot be built: a feature map is pooled away, or a layer would have no unit. */
    public static final String INVALID_ARCHITECTURE = "INVALID_ARCHITECTURE";
    /** The trial needs more memory than its pool declares. */
    public static final String OUT_OF_MEMORY = "OUT_OF_MEMORY";

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code one of this class's constants or a workload's own, in upper case with underscores
     * @param reason for people, naming the value at fault
     */
    public InfeasibleException(String code, String reason) {
        super(reason);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** The code of the reason in the trial's final report, and so in the API. */
    public String code() {
        return code;
    }
}
