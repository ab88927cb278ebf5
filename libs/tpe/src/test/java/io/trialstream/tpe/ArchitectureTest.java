package io.trialstream.tpe;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.trialstream.architecture.ArchitectureRules;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses module =
            ArchitectureRules.classesOf("io.trialstream.tpe", "io.trialstream.importance", "io.trialstream.pruning");

    @Test
    void shouldNeedNothingButTheJdkAndTheSearchSpace() {
        ArchitectureRules.onlyDependOn(module, "io.trialstream.space..")
                .because("a suggestion is mathematics: it can be derived again on any machine and used without "
                        + "Trialstream only while no framework, broker or database is near it")
                .check(module);
    }

    @Test
    void shouldHaveNoPackageCycles() {
        ArchitectureRules.noPackageCycles().check(module);
    }

    @Test
    void shouldNotAskForTheTimeOrForRandomNumbersOfItsOwn() {
        noClasses()
                .should()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .because("the same seed and evidence must give the same suggestion, today and on another machine")
                .check(module);
    }
}
