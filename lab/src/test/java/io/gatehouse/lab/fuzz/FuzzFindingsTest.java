package io.gatehouse.lab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What fuzzing has found once stays mended, and what it begins with holds: without the fuzzer, in every test run. */
class FuzzFindingsTest {
    private static final Path FINDINGS = Path.of("src", "test", "resources", "fuzz");

    @TestFactory
    Stream<DynamicTest> everyFindingIsMended() {
        return Stream.of(FuzzTarget.values()).flatMap(target -> {
            Property property = target.property();
            return findings(target).stream()
                    .map(file -> DynamicTest.dynamicTest(
                            target.label() + "/" + file.getFileName(),
                            () -> property.holdsFor(Files.readAllBytes(file))));
        });
    }

    @TestFactory
    Stream<DynamicTest> everySeedHolds() {
        return Stream.of(FuzzTarget.values()).flatMap(target -> {
            Property property = target.property();
            List<byte[]> seeds = property.seeds();
            return IntStream.range(0, seeds.size())
                    .mapToObj(i ->
                            DynamicTest.dynamicTest(target.label() + " " + i, () -> property.holdsFor(seeds.get(i))));
        });
    }

    @Test
    void noSeedIsLongerThanWhatIsTried() {
        assertThat(FuzzTarget.values())
                .allSatisfy(target -> assertThat(target.property().seeds())
                        .isNotEmpty()
                        .allSatisfy(seed -> assertThat(seed.length).isLessThanOrEqualTo(target.maxInputBytes())));
    }

    @Test
    void everyFindingIsOfATarget() throws IOException {
        try (Stream<Path> directories = Files.list(FINDINGS)) {
            assertThat(directories.map(path -> path.getFileName().toString()))
                    .allSatisfy(name -> assertThat(FuzzTarget.of(name)).isNotNull());
        }
    }

    private static List<Path> findings(FuzzTarget target) {
        Path directory = FINDINGS.resolve(target.label());
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
