package io.gatehouse.lab.walls;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Set;

/**
 * What the modules may know of each other and of the world.
 *
 * @param root the package above the modules' own
 */
record Walls(String root) {
    /** Members of System that ask nothing of the world. */
    private static final Set<String> INNOCENT_OF_SYSTEM = Set.of("arraycopy", "identityHashCode");

    /** Of java.io, what works on arrays as well as on files, and what that throws. */
    private static final Class<?>[] IN_MEMORY = {
        ByteArrayOutputStream.class,
        DataOutputStream.class,
        IOException.class,
        OutputStream.class,
        UncheckedIOException.class
    };

    /** Core is bytes in, verdict out: data structures, text and its JSON parser, and nothing with an outside. */
    ArchRule coreKnowsNoOutside() {
        DescribedPredicate<JavaClass> known = resideInAnyPackage(
                        in("core"),
                        "java.lang..",
                        "java.math",
                        "java.nio",
                        "java.nio.charset",
                        "java.time..",
                        "java.util",
                        "java.util.concurrent..",
                        "java.util.function",
                        "java.util.regex",
                        "java.util.stream",
                        "java.util.zip",
                        "com.fasterxml.jackson.core..")
                .or(belongToAnyOf(IN_MEMORY))
                // The source of the key that hides where users hash to.
                .or(belongToAnyOf(SecureRandom.class));
        return classes()
                .that(resideInAPackage(in("core")))
                .should()
                .onlyDependOnClassesThat(known)
                .because("core is pure: no Kafka, no HTTP, no logging, no I/O");
    }

    /** Time is an argument. */
    ArchRule coreAsksNoClock() {
        return noClasses()
                .that(resideInAPackage(in("core")))
                .should()
                .accessTargetWhere(describe("asks a clock, sleeps, or reads the process's surroundings", Walls::asks))
                .because("time is an argument, and so is everything else that core is told");
    }

    ArchRule productionKnowsNoLab() {
        return noClasses()
                .that(resideInAnyPackage(in("core"), in("engine"), in("app")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(in("lab"), in("reference"), in("peers")))
                .because("the production distribution leaves them out");
    }

    ArchRule engineKnowsNoApp() {
        return noClasses()
                .that(resideInAPackage(in("engine")))
                .should()
                .dependOnClassesThat(resideInAPackage(in("app")))
                .because("the composition root wires the engine, which must not reach back");
    }

    /** What the core is compared with must not share its mistakes. */
    ArchRule referenceStandsAlone() {
        return classes()
                .that(resideInAPackage(in("reference")))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(in("reference"), "java.."))
                .because("what the core is compared with shares no class with it");
    }

    private String in(String module) {
        return root + "." + module + "..";
    }

    private static boolean asks(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String member = access.getTarget().getName();
        if (owner.equals("java.lang.System")) {
            return !INNOCENT_OF_SYSTEM.contains(member);
        }
        boolean sleeps = owner.equals("java.lang.Thread") && member.equals("sleep");
        boolean clock = owner.startsWith("java.time.") && (member.equals("now") || owner.endsWith(".Clock"));
        boolean process = Set.of("java.lang.Runtime", "java.lang.ProcessBuilder", "java.util.Date")
                .contains(owner);
        return sleeps || clock || process;
    }
}
