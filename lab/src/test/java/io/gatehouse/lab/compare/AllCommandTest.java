package io.gatehouse.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class AllCommandTest {
    private final List<String> ran = new ArrayList<>();
    private final CommandLine bench = new CommandLine(new Bench()).addSubcommand("all", new AllCommand());

    @Command(name = "bench")
    private static final class Bench {}

    /** Stands in for a benchmark that takes half an hour. */
    @Command
    private final class Short implements Callable<Integer> {
        private final String name;
        private final int exitCode;

        @Option(names = "--quick")
        private boolean quick;

        @Option(names = "--data-dir")
        private Path dataDirectory;

        @Option(names = "--report")
        private Path report;

        private Short(String name, int exitCode) {
            this.name = name;
            this.exitCode = exitCode;
        }

        @Override
        public Integer call() {
            ran.add(name + " " + quick + " " + dataDirectory + " " + report);
            return exitCode;
        }
    }

    @BeforeEach
    void benchmarks() {
        bench.addSubcommand("compare", new Short("compare", 0));
        bench.addSubcommand("latency", new Short("latency", 1));
        bench.addSubcommand("scale", new Short("scale", 2));
    }

    @Test
    void allAreRunAndTheFirstFailureIsTold() {
        assertThat(bench.execute("all")).isEqualTo(1);

        assertThat(ran).containsExactly("compare false null null", "latency false null null", "scale false null null");
    }

    @Test
    void optionsArePassedOn() {
        bench.execute("all", "--quick", "--data-dir", "data", "--report", "there");

        assertThat(ran).containsExactly("compare true data there", "latency true data there", "scale true data there");
    }

    @Test
    void theRealOnesTakeTheseOptions() {
        assertThat(List.of(new CompareCommand(), new LatencyCommand(), new ScaleCommand()))
                .allSatisfy(command -> assertThat(
                                new CommandLine(command).getCommandSpec().optionsMap())
                        .containsKeys("--quick", "--data-dir", "--report"));
    }
}
