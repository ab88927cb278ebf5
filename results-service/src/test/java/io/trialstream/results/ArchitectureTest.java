package io.trialstream.results;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.trialstream.architecture.ArchitectureRules;
import io.trialstream.rest.ApiException;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses service = ArchitectureRules.classesOf("io.trialstream.results");

    @Test
    void shouldUseHttpErrorsAtTheRestEdgeOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.trialstream.results.api..")
                .and()
                .haveSimpleNameNotEndingWith("Resource")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ApiException.class)
                .because(
                        "an HTTP status is chosen where HTTP is spoken: in resources and, for UnavailableException, in "
                                + "DomainErrors; adapters of PostgreSQL, Kafka and S3 know nothing of it")
                .check(service);
    }

    @Test
    void shouldHaveNoPackageCycles() {
        ArchitectureRules.noPackageCycles().check(service);
    }

    @Test
    void shouldKeepTheStoredRowsApartFromWhatReadersSee() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.trialstream.results.store..",
                        "io.trialstream.results.read..",
                        "io.trialstream.results.ingest..",
                        "io.trialstream.results.outcomes..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.trialstream.results.api..", "io.trialstream.rest..", "jakarta.ws.rs..")
                .because("the REST interface is made from the rows, never the other way round")
                .check(service);
    }
}
