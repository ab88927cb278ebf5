package io.trialstream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trialstream.space.Configuration;
import io.trialstream.space.GridPolicy;
import io.trialstream.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableObjectiveTest {
    private static final SearchSpace SPACE =
            SearchSpace.read(Map.of("units", Map.of("choice", List.of(16, 32, 64))), GridPolicy.EXACT);

    @TempDir
    Path folder;

    @Test
    void shouldTakeSeedsAtRandomAndMeasureRegretAgainstTheBestMean() throws IOException {
        Path table =
                Files.writeString(folder.resolve("t.csv"), "key,n,mean,v0,v1\n0,2,1.5,1,2\n1,2,4.0,3,5\n2,1,9,9,\n");
        TableObjective objective = TableObjective.read(table, SPACE, true, 10);
        Configuration middle = SPACE.configuration(Map.of("units", 32));
        Configuration largest = SPACE.configuration(Map.of("units", 64));

        SplittableRandom random = new SplittableRandom(1);
        assertThat(random.doubles(50)
                        .map(x -> objective.observe(middle, random))
                        .distinct()
                        .sorted()
                        .toArray())
                .containsExactly(3, 5);
        assertThat(objective.observe(largest, random)).isEqualTo(9);
        assertThat(objective.regret(middle)).isEqualTo(5);
        assertThat(objective.regret(largest)).isZero();
    }

    @Test
    void shouldTakeTheSmallestMeanAsBestWhenMinimising() throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), "key,v0\n0,1\n1,3\n2,9\n");
        TableObjective objective = TableObjective.read(table, SPACE, false, 10);

        assertThat(objective.regret(SPACE.configuration(Map.of("units", 64)))).isEqualTo(8);
    }

    @Test
    void shouldCallAMissingRowInfeasible() throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), "key,v0\n0,1\n1,3\n");
        TableObjective objective = TableObjective.read(table, SPACE, false, 10);

        assertThat(objective.observe(SPACE.configuration(Map.of("units", 64)), new SplittableRandom(1)))
                .isNaN();
    }

    @Test
    void shouldRefuseATableForAnotherNumberOfParameters() throws IOException {
        Path table = Files.writeString(folder.resolve("t.csv"), "key,v0\n00,1\n01,3\n");

        assertThatThrownBy(() -> TableObjective.read(table, SPACE, false, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 parameters")
                .hasMessageContaining("'00'");
    }
}
