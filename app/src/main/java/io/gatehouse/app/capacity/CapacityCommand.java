package io.gatehouse.app.capacity;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gatehouse capacity}. */
@Command(
        name = "capacity",
        description = {
            "Reckons what a rate of logins needs: instances, their heap, partitions, brokers, network, disk and money, from what"
                    + " was measured of single events and users. Asks no Kafka.",
            "All that is assumed is an option. Everything is in a straight line: twice the rate, twice the machines. No more"
                    + " than that is known of rates far from the measured one."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatehouse capacity --rate 1k",
            "  gatehouse capacity --rate 100k --users 50M --peak 3",
            "  gatehouse capacity --rate 10M --users 1G --retention-days 1 --cores-per-instance 16 --json | jq .brokers"
        })
public final class CapacityCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Assumptions assumptions;

    @Option(names = "--json", description = "JSON for scripts.")
    private boolean isJson;

    @Override
    public void run() {
        List<String> mistakes = assumptions.mistakes();
        if (!mistakes.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("; ", mistakes));
        }
        Capacity capacity = Capacity.of(Measured.LATEST, assumptions);
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(CapacityJson.of(assumptions, capacity));
        } else {
            CapacityText.of(Measured.LATEST, assumptions, capacity).forEach(out::println);
        }
        out.flush();
    }
}
