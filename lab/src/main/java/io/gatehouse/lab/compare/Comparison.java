package io.gatehouse.lab.compare;

import io.gatehouse.lab.process.ProcessException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Each contestant's variants first, where they are tried; then rounds, in each of which all take their turns. */
final class Comparison {
    private final CompareSettings settings;
    private final PrintWriter out;
    private final Map<String, Contestant> best = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> trials = new LinkedHashMap<>();
    private final Map<String, List<Result>> results = new LinkedHashMap<>();

    Comparison(CompareSettings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
        settings.contestants().forEach(contestant -> {
            best.put(contestant.name(), contestant);
            trials.put(contestant.name(), new LinkedHashMap<>());
            results.put(contestant.name(), new ArrayList<>());
        });
    }

    /** @throws ProcessException when a contestant does not do its work as it was asked to */
    List<Standing> run() throws IOException, InterruptedException, ExecutionException {
        try (Stand stand = Stand.open(settings)) {
            stand.load(out);
            line("%-10s %-18s %12s %12s %12s %10s", "", "", "events/s", "its us", "broker us", "peak MB");
            // The first to run would have a young broker, which is busy compiling itself.
            Contestant first = settings.contestants().get(0);
            print("warm-up", first, stand.run(first, settings.timing()));
            if (settings.isSwept()) {
                for (Contestant contestant : settings.contestants()) {
                    best.put(contestant.name(), sweep(stand, contestant));
                }
            }
            for (int round = 1; round <= settings.rounds(); round++) {
                for (Contestant contestant : best.values()) {
                    Result result = stand.run(contestant, settings.timing());
                    results.get(contestant.name()).add(result);
                    print("round " + round, contestant, result);
                }
            }
        }
        return best.values().stream()
                .map(contestant ->
                        new Standing(contestant, trials.get(contestant.name()), results.get(contestant.name())))
                .toList();
    }

    /** Change by change: what is better than all before is kept when the next is tried. */
    private Contestant sweep(Stand stand, Contestant contestant)
            throws IOException, InterruptedException, ExecutionException {
        if (contestant.variants().isEmpty()) {
            return contestant;
        }
        Contestant leader = contestant;
        double most = attempt(stand, contestant, "as it comes");
        for (Map<String, String> change : contestant.variants()) {
            Contestant variant = leader.with(change);
            double reached = attempt(stand, variant, described(change));
            if (reached > most) {
                most = reached;
                leader = variant;
            }
        }
        return leader;
    }

    /** A variant that does not work is no candidate: that is said, and nothing else happens. */
    private double attempt(Stand stand, Contestant variant, String what)
            throws IOException, InterruptedException, ExecutionException {
        double reached = 0;
        try {
            Result result = stand.run(variant, Timing.TRIAL);
            print(what, variant, result);
            reached = result.difference() == null ? result.eventsPerSecond() : 0;
        } catch (ProcessException e) {
            line("%-10s %s", what, e.getMessage());
        }
        trials.get(variant.name()).put(what, reached);
        return reached;
    }

    private static String described(Map<String, String> change) {
        List<String> parts = new ArrayList<>();
        change.forEach((knob, value) -> parts.add(knob + "=" + value));
        return String.join(", ", parts.stream().sorted().toList());
    }

    private void print(String what, Contestant contestant, Result result) {
        line(
                "%-10s %-18s %,12.0f %12.2f %12.2f %,10d%s",
                what,
                contestant.name(),
                result.eventsPerSecond(),
                result.contestantMicros(),
                result.brokerMicros(),
                result.peakMegabytes(),
                result.difference() == null ? "" : "  WRONG: " + result.difference());
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
