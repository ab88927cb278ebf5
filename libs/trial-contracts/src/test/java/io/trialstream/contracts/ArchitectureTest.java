package io.trialstream.contracts;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.trialstream.architecture.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses module = ArchitectureRules.classesOf("io.trialstream.contracts");

    @Test
    void shouldNeedNothingButTheJdkJacksonAndTheSearchSpace() {
        ArchitectureRules.onlyDependOn(module, "com.fasterxml.jackson..", "io.trialstream.space..")
                .because("the contracts are what every process has in common, whatever its release and framework: "
                        + "Quarkus, Kafka's clients and Hibernate belong to the services")
                .check(module);
    }

    @Test
    void shouldHaveNoPackageCycles() {
        ArchitectureRules.noPackageCycles().check(module);
    }

    @Test
    void shouldNotLetJacksonRebuildObjectsOfTheMessagesChoice() {
        noClasses()
                .should()
                .callMethod(
                        "com.fasterxml.jackson.databind.ObjectMapper",
                        "activateDefaultTyping",
                        "com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .because("messages choose nothing dangerous: a kind is a name from a closed list, never a Java class")
                .check(module);
    }
}
