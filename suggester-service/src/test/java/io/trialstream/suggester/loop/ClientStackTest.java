package io.trialstream.suggester.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientStackTest {
    private final List<String> closed = new ArrayList<>();
    private final ClientStack stack = new ClientStack();

    @Test
    void shouldCloseTheLastOneFirstAndOnlyOnce() {
        stack.add(() -> closed.add("ledger"));
        stack.add(() -> closed.add("events"));

        stack.close();
        stack.close();

        assertThat(closed).containsExactly("events", "ledger");
    }

    @Test
    void shouldCloseTheOthersWhereOneFails() {
        stack.add(() -> closed.add("ledger"));
        stack.add(() -> {
            throw new IllegalStateException("stuck");
        });

        assertThatThrownBy(stack::close).hasRootCauseMessage("stuck");
        assertThat(closed).containsExactly("ledger");
    }

    @Test
    void shouldReportTheFailureThatCameFirst() {
        RuntimeException failure = new IllegalStateException("no broker");
        stack.add(() -> closed.add("ledger"));
        stack.add(() -> {
            throw new IllegalStateException("stuck");
        });

        stack.closeAfter(failure);

        assertThat(closed).containsExactly("ledger");
        assertThat(failure.getSuppressed()).hasSize(1);
    }
}
