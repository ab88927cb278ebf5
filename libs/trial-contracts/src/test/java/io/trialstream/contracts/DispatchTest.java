package io.trialstream.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.trialstream.contracts.Examples.Example;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DispatchTest {

    static List<Example> messages() {
        return Examples.all();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldCallTheMethodOfTheMessagesOwnType(Example example) {
        Message.Visitor<Class<?>> visitor = naming(Message.Visitor.class);

        assertThat(example.message().accept(visitor)).isEqualTo(example.type());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldRefuseWhatAReaderDoesNotExpect(Example example) {
        RefusingVisitor<Void> reader = new RefusingVisitor<>() {};

        assertThatIllegalStateException()
                .isThrownBy(() -> example.message().accept(reader))
                .withMessageContaining(example.message().getClass().getSimpleName());
    }

    @Test
    void shouldCallTheMethodOfEachCase() {
        TrialReport.Visitor<Class<?>> reports = naming(TrialReport.Visitor.class);
        TrainerEvent.Visitor<Class<?>> events = naming(TrainerEvent.Visitor.class);

        for (Example example : messages()) {
            if (example.message() instanceof TrialReport report) {
                assertThat(report.accept(reports)).isEqualTo(report.getClass());
            } else if (example.message() instanceof TrainerEvent event) {
                assertThat(event.accept(events)).isEqualTo(event.getClass());
            }
        }
    }

    @Test
    void shouldHaveAMethodForEachKind() {
        assertThat(visitable(Message.Visitor.class)).containsExactlyInAnyOrder(Message.class.getPermittedSubclasses());
        assertThat(visitable(TrialReport.Visitor.class))
                .containsExactlyInAnyOrder(TrialReport.class.getPermittedSubclasses());
        assertThat(visitable(TrainerEvent.Visitor.class))
                .containsExactlyInAnyOrder(TrainerEvent.class.getPermittedSubclasses());
    }

    private static List<Class<?>> visitable(Class<?> visitor) {
        return Arrays.stream(visitor.getMethods())
                .<Class<?>>map(method -> method.getParameterTypes()[0])
                .toList();
    }

    /** A visitor that answers which of its methods was called, by the parameter's type. */
    @SuppressWarnings("unchecked")
    private static <V> V naming(Class<?> visitor) {
        InvocationHandler handler = (Object proxy, Method method, Object[] arguments) -> method.getParameterTypes()[0];
        return (V) Proxy.newProxyInstance(visitor.getClassLoader(), new Class<?>[] {visitor}, handler);
    }
}
