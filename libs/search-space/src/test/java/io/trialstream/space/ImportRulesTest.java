package io.trialstream.space;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ImportRulesTest {
    private final JavaClasses module =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.trialstream.space");

    @Test
    void shouldNeedNothingButTheJdk() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "io.trialstream.space..")
                .because("a search space must mean the same in every process and outlive every framework: whoever "
                        + "embeds it must not get a framework, a broker's client or a JSON mapper with it")
                .check(module);
    }
}
