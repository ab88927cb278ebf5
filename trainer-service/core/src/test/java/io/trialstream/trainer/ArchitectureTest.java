package io.trialstream.trainer;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.trialstream.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses core = ArchitectureRules.classesOf("io.trialstream.trainer");

    @Test
    void shouldHaveNoPackageCycles() {
        ArchitectureRules.noPackageCycles().check(core);
    }

    @Test
    void shouldTrainInPlainJava() {
        ArchitectureRules.plainJava(
                        "io.trialstream.trainer.artifact..",
                        "io.trialstream.trainer.blueprint..",
                        "io.trialstream.trainer.checkpoint..",
                        "io.trialstream.trainer.dataset..",
                        "io.trialstream.trainer.sleep..",
                        "io.trialstream.trainer.training..",
                        "io.trialstream.trainer.workload..")
                .check(core);
    }
}
