package io.trialstream.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeeperArgumentsTest {
    private static final StackDirectory DIRECTORY = new StackDirectory(Path.of("/a b/ü"));
    private static final Installation INSTALLATION = new Installation(Path.of("/opt/x"));

    @Test
    void shouldReadWhatItWrites() {
        for (StackSettings settings : new StackSettings[] {
            new StackSettings(2, Set.of(), OptionalInt.empty(), TrainerEngine.DL4J, 1),
            new StackSettings(0, Set.of(Role.RESULTS, Role.TRAINER), OptionalInt.of(8080), TrainerEngine.LIBTORCH, 4)
        }) {
            assertRead(new KeeperArguments(DIRECTORY, INSTALLATION, Optional.of(settings)));
        }
        assertRead(new KeeperArguments(DIRECTORY, INSTALLATION, Optional.empty()));
    }

    private static void assertRead(KeeperArguments arguments) {
        assertThat(KeeperArguments.parse(arguments.toList().toArray(String[]::new)))
                .isEqualTo(arguments);
    }
}
