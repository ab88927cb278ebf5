package io.trialstream.suggester;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.trialstream.architecture.ArchitectureRules;
import io.trialstream.suggester.ledger.Ledger;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.trialstream.suggester";

    private final JavaClasses module = ArchitectureRules.classesOf(ROOT);

    @Test
    void shouldHaveNoPackageCycles() {
        ArchitectureRules.noPackageCycles().check(module);
    }

    @Test
    void shouldChooseHttpStatusesAtTheRestEdge() {
        ArchitectureRules.apiExceptionsOnlyIn(ROOT + ".rest").check(module);
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
                .check(module);
    }

    @Test
    void shouldWriteInOnePlace() {
        noClasses()
                .that()
                .doNotHaveSimpleName("CommitWriter")
                .should()
                .callMethod(Ledger.class, "commit", List.class, List.class)
                .because("the order of transaction, commands and queue records is a promise, which one class keeps")
                .check(module);
    }
}
