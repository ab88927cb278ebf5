package io.trialstream.rest;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.trialstream.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses module = ArchitectureRules.classesOf("io.trialstream.rest");

    @Test
    void shouldHaveNoPackageCycles() {
        ArchitectureRules.noPackageCycles().check(module);
    }
}
