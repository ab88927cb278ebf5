package io.trialstream.cli;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.trialstream.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses module = ArchitectureRules.classesOf("io.trialstream.cli");

    @Test
    void shouldNeedNoFramework() {
        ArchitectureRules.onlyDependOn(
                        module,
                        "io.trialstream..",
                        "picocli..",
                        "com.fasterxml.jackson..",
                        "org.apache.kafka..",
                        "org.slf4j..")
                .because("a command starts in a fraction of a second")
                .check(module);
    }

    @Test
    void shouldHaveNoPackageCycles() {
        ArchitectureRules.noPackageCycles().check(module);
    }
}
