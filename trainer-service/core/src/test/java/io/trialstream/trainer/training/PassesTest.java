package io.trialstream.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.trainer.dataset.ImageSet;
import io.trialstream.trainer.workload.InfeasibleException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassesTest {
    private static final BatchPlan PLAN = BatchPlan.evaluation(
            new ImageSet(ByteBuffer.allocate(131 * 3), 1, 1, 1),
            IntStream.range(0, 131).toArray(),
            2);

    private final Device device = new Device();

    /** Two images a batch; from a batch of choice on, the loss is not finite. */
    private static final class Device implements DevicePasses {
        final List<String> asked = new ArrayList<>();
        int done;
        int brokenFrom = Integer.MAX_VALUE;

        @Override
        public void begin(BatchPlan plan) {
            asked.add("begin " + plan.batches());
            done = 0;
        }

        @Override
        public void train(int number, double learningRate) {
            done++;
            if (learningRate != number * 0.5) {
                asked.add("wrong rate " + learningRate);
            }
        }

        @Override
        public void evaluate(int number) {
            done++;
        }

        @Override
        public BatchScore score() {
            asked.add("score after " + done);
            return RecordingEngine.score(2 * done, done > brokenFrom ? Double.NaN : 1, done);
        }
    }

    private Passes passes() {
        RecordingEngine engine = new RecordingEngine();
        engine.onDevice = Optional.of(device);
        return new Passes(engine.build(null, null, 1));
    }

    /** 66 batches. */
    @Test
    void shouldLookAtTheDevicesLossNowAndThenAndAtTheEnd() {
        BatchScore score = passes().train(PLAN, number -> number * 0.5, "epoch 1");

        assertThat(device.asked).containsExactly("begin 66", "score after 32", "score after 64", "score after 66");
        assertThat(score.fine().images()).isEqualTo(132);
        assertThat(passes().evaluate(PLAN, "epoch 1")).isEqualTo(score);
    }

    @Test
    void shouldEndAPassWhoseLossIsNotFinite() {
        device.brokenFrom = 40;

        assertThatThrownBy(() -> passes().train(PLAN, number -> number * 0.5, "epoch 3"))
                .isInstanceOf(InfeasibleException.class)
                .hasMessage("the loss is not finite in epoch 3, after 64 images");
        assertThat(device.done).isEqualTo(64);
    }

    @Test
    void shouldEndAPassThatIsInterrupted() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> passes().evaluate(PLAN, "epoch 1")).isInstanceOf(CancellationException.class);
            assertThat(device.done).isZero();
        } finally {
            Thread.interrupted();
        }
    }
}
