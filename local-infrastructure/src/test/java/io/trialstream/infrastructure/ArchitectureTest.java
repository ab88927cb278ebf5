package io.trialstream.infrastructure;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.trialstream.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses module = ArchitectureRules.classesOf("io.trialstream.infrastructure");

    @Test
    void shouldNeedNoFramework() {
        ArchitectureRules.onlyDependOn(
                        module,
                        "org.apache.kafka..",
                        "kafka..",
                        "scala..",
                        "org.apache.commons.compress..",
                        "org.tukaani..",
                        "org.postgresql..",
                        "org.slf4j..")
                .because("tests of every module and the command line start these servers")
                .check(module);
    }

    @Test
    void shouldHaveNoPackageCycles() {
        ArchitectureRules.noPackageCycles().check(module);
    }
}
