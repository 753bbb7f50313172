package io.gatehouse.peers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class PeersWallsTest {
    @Test
    void onlyTheCoreInStreamsKnowsAnythingOfGatehouse() {
        noClasses()
                .that()
                .haveNameNotMatching("io\\.gatehouse\\.peers\\.streams\\.Core.*")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.gatehouse.core..",
                        "io.gatehouse.engine..",
                        "io.gatehouse.app..",
                        "io.gatehouse.lab..",
                        "io.gatehouse.reference..")
                .because("a peer that leans on what it is compared with is none")
                .check(new ClassFileImporter()
                        .withImportOption(new DoNotIncludeTests())
                        .importPackages("io.gatehouse.peers"));
    }
}
