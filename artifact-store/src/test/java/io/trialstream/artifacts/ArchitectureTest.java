package io.trialstream.artifacts;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.trialstream.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses module = ArchitectureRules.classesOf("io.trialstream.artifacts");

    @Test
    void shouldNeedNoFrameworkAndNoEngine() {
        ArchitectureRules.onlyDependOn(module, "software.amazon.awssdk..")
                .because("trainers of every engine and results share the store")
                .check(module);
    }

    @Test
    void shouldHaveNoPackageCycles() {
        ArchitectureRules.noPackageCycles().check(module);
    }
}
