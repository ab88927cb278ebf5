package io.trialstream.results.api;

import io.trialstream.contracts.Reason;
import io.trialstream.results.store.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An attempt: one acquisition of the queued trial by a trainer's slot.
 *
 * @param runId its identity
 * @param dispatch the dispatch of the queue record
 * @param trainerId who runs it
 * @param state {@code RUNNING}, {@code INTERRUPTED}, {@code ERRORED} or {@code FINISHED}
 * @param stands whether its final report is the one that counts
 * @param engine the training engine and its version
 * @param device what it trains on
 * @param deliveryCount how often the queue had handed out the record
 * @param totalEpochs how many epochs a complete training has
 * @param lastEpoch the last epoch that it is known to have finished
 * @param resumedFrom the checkpoint that it went on from
 * @param startedAt when it began, by the trainer's clock
 * @param endedAt when it ended, by the trainer's clock
 * @param reason why it ended, unless it completed
 * @param network what it trains, where that is a network
 */
@Schema(description = "One attempt at a trial")
public record TrialRun(
        String runId,
        int dispatch,
        String trainerId,
        RunState state,
        boolean stands,
        Optional<String> engine,
        Optional<String> device,
        Optional<Integer> deliveryCount,
        Optional<Integer> totalEpochs,
        int lastEpoch,
        Optional<ResumedFrom> resumedFrom,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<Reason> reason,
        Optional<Network> network) {

    /**
     * A checkpoint.
     *
     * @param runId the run that wrote it
     * @param epoch the last epoch it holds
     */
    public record ResumedFrom(String runId, int epoch) {}

    /**
     * A network in short.
     *
     * @param inputShape of one image, {@code [channels, height, width]}
     * @param parameters of all layers
     * @param trainableParameters those that gradients change
     * @param layers in the order of the forward pass
     */
    public record Network(List<Integer> inputShape, long parameters, long trainableParameters, List<Layer> layers) {}

    /**
     * A layer in short.
     *
     * @param name unique within the network
     * @param kind such as {@code Convolution}
     * @param outputShape without the batch dimension
     * @param parameters of this layer
     */
    public record Layer(String name, String kind, List<Integer> outputShape, long parameters) {}
}
