package io.trialstream.messaging;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.trialstream.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses module = ArchitectureRules.classesOf("io.trialstream.messaging");

    @Test
    void shouldNeedNoFramework() {
        ArchitectureRules.onlyDependOn(
                        module,
                        "io.trialstream.contracts..",
                        "com.fasterxml.jackson..",
                        "org.apache.kafka..",
                        "io.opentelemetry..",
                        "org.slf4j..")
                .because("the command line uses these adapters too, and has no container")
                .check(module);
    }

    @Test
    void shouldHaveNoPackageCycles() {
        ArchitectureRules.noPackageCycles().check(module);
    }
}
