package io.trialstream.results.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineageTest {

    @Test
    void shouldTakeEachRunUpToTheResumePointOfItsSuccessor() {
        Lineage lineage = Lineage.of(
                "c", List.of(run("a", null, null), run("b", "a", 4), run("c", "b", 6), run("d", null, null)));

        assertThat(lineage.includes("a", 4)).isTrue();
        assertThat(lineage.includes("a", 5)).isFalse();
        assertThat(lineage.includes("b", 4)).isFalse();
        assertThat(lineage.includes("b", 6)).isTrue();
        assertThat(lineage.includes("b", 7)).isFalse();
        assertThat(lineage.includes("c", 7)).isTrue();
        assertThat(lineage.includes("d", 1)).isFalse();
    }

    @Test
    void shouldEndWhereRunsGoOnFromEachOther() {
        Lineage lineage = Lineage.of("a", List.of(run("a", "b", 2), run("b", "a", 1)));

        assertThat(lineage.includes("a", 3)).isTrue();
        assertThat(lineage.includes("b", 2)).isTrue();
    }

    @Test
    void shouldBeEmptyForATrialThatNeverRan() {
        assertThat(Lineage.of(null, List.of()).includes("a", 1)).isFalse();
    }

    private static RunEntity run(String runId, String resumedRunId, Integer resumedEpoch) {
        RunEntity run = new RunEntity();
        run.runId = runId;
        run.resumedRunId = resumedRunId;
        run.resumedEpoch = resumedEpoch;
        return run;
    }
}
