package io.trialstream.space;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.trialstream.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses module = ArchitectureRules.classesOf("io.trialstream.space");

    @Test
    void shouldNeedNothingButTheJdk() {
        ArchitectureRules.onlyDependOn(module)
                .because("a search space must mean the same in every process and outlive every framework")
                .check(module);
    }

    @Test
    void shouldHaveNoPackageCycles() {
        ArchitectureRules.noPackageCycles().check(module);
    }
}
