package io.trialstream.suggester;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import io.trialstream.suggester.ledger.Ledger;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomsTest {
    private static final String ROOT = "io.trialstream.suggester";

    private final JavaClasses service =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void shouldHaveNoPackagesThatDependOnEachOther() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(service);
    }

    @Test
    void shouldLetNothingDependOnTheWiring() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .because("the root package puts the others together: health, autoscaling and the way to the broker")
                .check(service);
    }

    @Test
    void shouldKnowAndDecideInPlainJava() {
        classes()
                .that()
                .resideInAnyPackage(ROOT + ".state..", ROOT + ".pool..", ROOT + ".decision..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "io.trialstream.contracts..",
                        "io.trialstream.space..",
                        "io.trialstream.tpe..",
                        ROOT + ".state..",
                        ROOT + ".pool..",
                        ROOT + ".decision..")
                .because("what is known and what follows from it is tested in milliseconds and derived again after a "
                        + "crash: no framework, meter, log or broker takes part in it")
                .check(service);
    }

    @Test
    void shouldWriteInOnePlace() {
        noClasses()
                .that()
                .doNotHaveSimpleName("CommitWriter")
                .should()
                .callMethod(Ledger.class, "commit", List.class, List.class)
                .because("the order of transaction, commands and queue records is a promise, which one class keeps")
                .check(service);
    }
}
