package io.gatehouse.lab.walls;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walls stand, and would be seen to fall: each rule is also held against a small tree that breaks it. */
class WallsTest {
    private static final String ROOT = "io.gatehouse";
    private static final String BROKEN_ROOT = "io.gatehouse.lab.walls.broken";

    private static final JavaClasses GATEHOUSE =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(BROKEN_ROOT);

    private enum Wall {
        CORE_KNOWS_NO_OUTSIDE(Walls::coreKnowsNoOutside),
        CORE_ASKS_NO_CLOCK(Walls::coreAsksNoClock),
        PRODUCTION_KNOWS_NO_LAB(Walls::productionKnowsNoLab),
        ENGINE_KNOWS_NO_APP(Walls::engineKnowsNoApp),
        REFERENCE_STANDS_ALONE(Walls::referenceStandsAlone);

        private final Function<Walls, ArchRule> rule;

        Wall(Function<Walls, ArchRule> rule) {
            this.rule = rule;
        }

        ArchRule in(String root) {
            return rule.apply(new Walls(root));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyWallStands() {
        return Stream.of(Wall.values())
                .map(wall ->
                        DynamicTest.dynamicTest(wall.name(), () -> wall.in(ROOT).check(GATEHOUSE)));
    }

    @Test
    void theWallsAreHeldAgainstAllModules() {
        assertThat(Stream.of("core", "engine", "app", "lab", "reference")).allMatch(module -> GATEHOUSE.stream()
                .anyMatch(type -> type.getPackageName().startsWith(ROOT + "." + module)));
    }

    @ParameterizedTest
    @CsvSource({
        "CORE_KNOWS_NO_OUTSIDE, core.SpeaksKafka",
        "CORE_KNOWS_NO_OUTSIDE, core.SpeaksHttp",
        "CORE_KNOWS_NO_OUTSIDE, core.Logs",
        "CORE_KNOWS_NO_OUTSIDE, core.ReadsFiles",
        "CORE_KNOWS_NO_OUTSIDE, core.ReadsOldFiles",
        "CORE_KNOWS_NO_OUTSIDE, core.KnowsTheEngine",
        "CORE_ASKS_NO_CLOCK, core.AsksTheSystemClock",
        "CORE_ASKS_NO_CLOCK, core.AsksForNow",
        "CORE_ASKS_NO_CLOCK, core.Sleeps",
        "CORE_ASKS_NO_CLOCK, core.Prints",
        "PRODUCTION_KNOWS_NO_LAB, app.KnowsTheLab",
        "PRODUCTION_KNOWS_NO_LAB, engine.KnowsTheReference",
        "PRODUCTION_KNOWS_NO_LAB, engine.KnowsAPeer",
        "ENGINE_KNOWS_NO_APP, engine.KnowsTheApp",
        "REFERENCE_STANDS_ALONE, reference.KnowsTheCore",
        "REFERENCE_STANDS_ALONE, reference.HasADependency"
    })
    void aClassThatBreaksAWallIsFound(Wall wall, String breaker) {
        assertThat(wall.in(BROKEN_ROOT).evaluate(BROKEN).getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains("<" + BROKEN_ROOT + "." + breaker));
    }

    @ParameterizedTest
    @CsvSource({"CORE_KNOWS_NO_OUTSIDE", "CORE_ASKS_NO_CLOCK"})
    void aCoreClassThatKeepsToItselfIsNot(Wall wall) {
        assertThat(wall.in(BROKEN_ROOT).evaluate(BROKEN).getFailureReport().getDetails())
                .noneMatch(detail -> detail.contains("core.KeepsToItself"));
    }
}
