package io.trialstream.trainer.dl4j;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.ObjectInputStream;
import org.junit.jupiter.api.Test;

class ImportRulesTest {
    private final JavaClasses module =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.trialstream.trainer");

    @Test
    void shouldReadNothingThroughTheLibrariesInsideDl4j() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.nd4j.shade..",
                        "org.deeplearning4j.nn.modelimport..",
                        "org.nd4j.autodiff..",
                        "org.nd4j.serde..",
                        "org.nd4j.imports..",
                        "org.datavec..")
                .because(
                        "DL4J carries Jackson 2.13, SnakeYAML 1.26, Guava 30.1 and protobuf 3.21 inside it: what comes "
                                + "from outside, configurations, checkpoints and data sets, is read by our own code alone")
                .check(module);
    }

    @Test
    void shouldRestoreNoModelsConfigurationsOrObjects() {
        noClasses()
                .should()
                .callMethodWhere(target(
                                nameMatching(
                                        "fromJson|fromYaml|load|restore.*|read|readTxt.*|readNumpy|readBinary|createFromNpy.*|createNpy.*|fromByteArray"))
                        .and(target(owner(resideInAnyPackage("org.nd4j..", "org.deeplearning4j..")))))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.deeplearning4j.util.ModelSerializer")
                .because("these parse their input with the libraries inside DL4J, or make objects of it")
                .check(module);
    }
}
