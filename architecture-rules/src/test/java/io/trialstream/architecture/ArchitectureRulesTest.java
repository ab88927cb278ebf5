package io.trialstream.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class ArchitectureRulesTest {
    private final JavaClasses own = ArchitectureRules.classesOf("io.trialstream.architecture");
    private final JavaClasses cyclic = new ClassFileImporter().importPackages("io.trialstream.architecture.cyclic");

    @Test
    void shouldLeaveTestsOut() {
        assertThat(own.contain(ArchitectureRules.class)).isTrue();
        assertThat(own.contain(ArchitectureRulesTest.class)).isFalse();
    }

    @Test
    void shouldFindAPackageCycle() {
        ArchitectureRules.noPackageCycles().check(own);

        assertThatThrownBy(() -> ArchitectureRules.noPackageCycles().check(cyclic))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Slice architecture.cyclic.first")
                .hasMessageContaining("Slice architecture.cyclic.second");
    }

    @Test
    void shouldFindALibraryThatIsNotAllowed() {
        ArchitectureRules.onlyDependOn(own, "com.tngtech.archunit..").check(own);

        assertThatThrownBy(() -> ArchitectureRules.onlyDependOn(own).check(own))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("com.tngtech.archunit");
    }

    @Test
    void shouldRefuseARuleAboutAPackageThatDoesNotExist() {
        ArchitectureRules.plainJava("io.trialstream.architecture..").check(own);

        assertThatThrownBy(() ->
                        ArchitectureRules.plainJava("io.trialstream.renamed..").check(own))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("failed to check any classes");
    }
}
