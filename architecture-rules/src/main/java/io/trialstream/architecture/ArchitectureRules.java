package io.trialstream.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.stream.Stream;

/**
 * The rules that every module's {@code ArchitectureTest} checks. Packages are written as ArchUnit has them: {@code
 * io.trialstream.suggester..} includes the packages below, {@code io.trialstream.suggester} does not.
 */
public final class ArchitectureRules {
    private static final String API_EXCEPTION = "io.trialstream.rest.ApiException";

    private ArchitectureRules() {}

    /** The production classes of these packages and of those below them, as far as they are on the class path. */
    public static JavaClasses classesOf(String... packages) {
        return new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(packages);
    }

    /** No two packages depend on each other, directly or by way of others. A package and its parent are two packages. */
    public static ArchRule noPackageCycles() {
        return SlicesRuleDefinition.slices()
                .matching("io.trialstream.(**)")
                .should()
                .beFreeOfCycles()
                .because("a package in a cycle cannot be read, tested or moved without all the others in it");
    }

    /** These packages use no framework, no metrics library and no client of Kafka, a database or an object store. */
    public static ArchRule plainJava(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "io.smallrye..",
                        "io.vertx..",
                        "org.eclipse.microprofile..",
                        "jakarta..",
                        "io.micrometer..",
                        "io.opentelemetry..",
                        "org.apache.kafka..",
                        "org.hibernate..",
                        "java.sql..",
                        "software.amazon..")
                .because("values and decisions are plain Java: they are tested in milliseconds and outlive the"
                        + " framework");
    }

    /** These packages depend on each other, the JDK and the allowed packages alone. */
    public static ArchRule onlyDependOn(JavaClasses module, String... allowed) {
        String[] own =
                module.stream().map(type -> type.getPackageName()).distinct().toArray(String[]::new);
        return classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.of(Stream.of("java.."), Stream.of(own), Stream.of(allowed))
                        .flatMap(names -> names)
                        .toArray(String[]::new))
                .because("a library must not bring its callers a framework, a broker's client or a mapper");
    }

    /** {@code ApiException}, which carries an HTTP status, is used in these packages alone. */
    public static ArchRule apiExceptionsOnlyIn(String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(API_EXCEPTION)
                .because("HTTP status codes are chosen where HTTP is spoken; decisions and adapters report a domain"
                        + " error");
    }
}
