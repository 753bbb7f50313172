package io.gatehouse.app.capacity;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is asked for, and all that is assumed beside what was measured. */
final class Assumptions {
    /** Beyond any login stream, and within what whole numbers of everything can tell. */
    private static final double MOST = 1e9;

    private static final int MOST_REPLICAS = 9;
    private static final int MOST_PARTITIONS_PER_THREAD = 64;

    @Option(
            names = "--rate",
            paramLabel = "N",
            required = true,
            converter = Quantity.class,
            description = "Events a second, on average: 800, 100k, 2.5M.")
    double rate;

    @Option(
            names = "--peak",
            paramLabel = "FACTOR",
            defaultValue = "2",
            description = "The busiest minutes' rate over the average. Default: ${DEFAULT-VALUE}.")
    double peak;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "1M",
            converter = Quantity.class,
            description = "Users who log in within profile.retention, 90 days: they are remembered. Default:"
                    + " ${DEFAULT-VALUE}.")
    double users;

    @Option(
            names = "--event-bytes",
            paramLabel = "BYTES",
            description = "An event's value, not compressed. Default: what was measured, ${DEFAULT-VALUE}.")
    int eventBytes = (int) Measured.LATEST.eventBytes();

    @Option(
            names = "--rekeyed",
            description = "The input is not keyed by user: it is routed first, through a topic of its own.")
    boolean isRekeyed;

    @Option(
            names = "--readers",
            paramLabel = "N",
            defaultValue = "1",
            description = "Groups that read the results. Default: ${DEFAULT-VALUE}.")
    int readers;

    @Option(
            names = "--replication",
            paramLabel = "N",
            defaultValue = "3",
            description = "Copies of each partition. Default: ${DEFAULT-VALUE}.")
    int replication;

    @Option(
            names = "--retention-days",
            paramLabel = "DAYS",
            defaultValue = "7",
            description = "Of the input and of the results. Default: ${DEFAULT-VALUE}.")
    double retentionDays;

    @Option(
            names = "--session-days",
            paramLabel = "DAYS",
            defaultValue = "30",
            description = "Retention of closed sessions. Default: ${DEFAULT-VALUE}.")
    double sessionDays;

    @Option(
            names = "--headroom",
            paramLabel = "SHARE",
            defaultValue = "0.4",
            description =
                    "Share of processors, heap, network and disk that is left free at the peak: for a lost instance"
                            + " or broker, for catching up, for what was not reckoned. Default: ${DEFAULT-VALUE}.")
    double headroom;

    @Option(
            names = "--cores-per-instance",
            paramLabel = "N",
            defaultValue = "4",
            description = "Two for each worker thread, of which an instance has up to 8. Default: ${DEFAULT-VALUE}.")
    int coresPerInstance;

    @Option(
            names = "--heap-per-instance",
            paramLabel = "GIB",
            defaultValue = "24",
            description = "The largest heap. Default: ${DEFAULT-VALUE}.")
    double heapGibibytes;

    @Option(
            names = "--partitions-per-thread",
            paramLabel = "N",
            defaultValue = "2",
            description = "Partitions are hard to add later: this is how many times over instances can be added."
                    + " Default: ${DEFAULT-VALUE}.")
    int partitionsPerThread;

    @Option(
            names = "--cores-per-broker",
            paramLabel = "N",
            defaultValue = "8",
            description = "Default: ${DEFAULT-VALUE}.")
    int coresPerBroker;

    @Option(
            names = "--network-per-broker",
            paramLabel = "GBIT",
            defaultValue = "10",
            description = "Gbit/s in each direction. Default: ${DEFAULT-VALUE}.")
    double networkGigabits;

    @Option(
            names = "--disk-per-broker",
            paramLabel = "TB",
            defaultValue = "16",
            description = "Default: ${DEFAULT-VALUE}.")
    double diskTerabytes;

    @Option(
            names = "--price-core-hour",
            paramLabel = "MONEY",
            defaultValue = "0.04",
            description = "Default: ${DEFAULT-VALUE}.")
    double priceCoreHour;

    @Option(
            names = "--price-gb-month",
            paramLabel = "MONEY",
            defaultValue = "0.08",
            description = "Of disk. Default: ${DEFAULT-VALUE}.")
    double priceGigabyteMonth;

    @Option(
            names = "--price-gb-traffic",
            paramLabel = "MONEY",
            defaultValue = "0",
            description = "Of what goes in at the brokers, if your network costs. Default: ${DEFAULT-VALUE}.")
    double priceGigabyteTraffic;

    /** The share of everything that is used at the peak. */
    double used() {
        return 1 - headroom;
    }

    double peakRate() {
        return rate * peak;
    }

    /** As {@code worker.threads=auto} has it: half the processors, 1 to 8. */
    int threads() {
        return Math.max(1, Math.min(8, coresPerInstance / 2));
    }

    /** All that is out of bounds, each with what is allowed. */
    List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        within(mistakes, "--rate", rate, 1, MOST);
        within(mistakes, "--peak", peak, 1, 100);
        within(mistakes, "--users", users, 1, 1000 * MOST);
        within(mistakes, "--event-bytes", eventBytes, 1, 64 * 1024);
        within(mistakes, "--readers", readers, 0, 100);
        within(mistakes, "--replication", replication, 1, MOST_REPLICAS);
        within(mistakes, "--retention-days", retentionDays, 0, 3650);
        within(mistakes, "--session-days", sessionDays, 0, 3650);
        within(mistakes, "--headroom", headroom, 0, 0.9);
        within(mistakes, "--cores-per-instance", coresPerInstance, 1, 16);
        within(mistakes, "--heap-per-instance", heapGibibytes, 1, 1024);
        within(mistakes, "--partitions-per-thread", partitionsPerThread, 1, MOST_PARTITIONS_PER_THREAD);
        within(mistakes, "--cores-per-broker", coresPerBroker, 1, 256);
        within(mistakes, "--network-per-broker", networkGigabits, 0.1, 1000);
        within(mistakes, "--disk-per-broker", diskTerabytes, 0.01, 1000);
        within(mistakes, "--price-core-hour", priceCoreHour, 0, MOST);
        within(mistakes, "--price-gb-month", priceGigabyteMonth, 0, MOST);
        within(mistakes, "--price-gb-traffic", priceGigabyteTraffic, 0, MOST);
        if (mistakes.isEmpty() && Heap.mostUsers(Measured.LATEST, this) < 1) {
            mistakes.add("--heap-per-instance has no room for users: raise it, or lower --headroom");
        }
        return mistakes;
    }

    private static void within(List<String> mistakes, String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            mistakes.add(option + " must be from " + plain(least) + " to " + plain(most));
        }
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
