package io.trialstream.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class CodesTest {
    private final MessageCodec codec = new MessageCodec();

    @Test
    void shouldSpellACodeAsItsConstant() {
        Reason reason = Reason.of(ReasonCode.NON_FINITE_LOSS, "the loss was NaN in epoch 1");

        assertThat(reason.code()).isEqualTo("NON_FINITE_LOSS");
        assertThat(reason.is(ReasonCode.NON_FINITE_LOSS)).isTrue();
        assertThat(reason.is(ReasonCode.NON_FINITE_METRIC)).isFalse();
    }

    @Test
    void shouldKeepAReasonsCodeThatThisReleaseDoesNotKnow() {
        Outcome read = (Outcome) roundTrip("outcome-infeasible", "/reason/code", "LICENCE_SERVER_DOWN");

        assertThat(read.reason()).map(Reason::code).contains("LICENCE_SERVER_DOWN");
    }

    @Test
    void shouldKeepADeadLettersCodeThatThisReleaseDoesNotKnow() {
        DeadLetter read = (DeadLetter) roundTrip("dead-letter", "/code", "SCHEMA_EVOLVED");

        assertThat(read.code()).isEqualTo("SCHEMA_EVOLVED");
    }

    /** The golden message with this code, read, written and read again. */
    private Message roundTrip(String name, String pointer, String code) {
        Examples.Example example = Examples.named(name);
        ObjectNode tree = Mutation.set(pointer, code).of(Golden.tree(example));
        Message read = codec.read(Golden.bytes(tree), example.type());
        return codec.read(codec.write(read), example.type());
    }
}
