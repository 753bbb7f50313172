package io.gatehouse.app.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The arithmetic, on figures that are easy to reckon with. */
class CapacityTest {
    private static final Measured MEASURED = new Measured(10, 2, 0.5, 200, 100, 300, 20, 80, 200, 100);
    private static final double FOUR_MEBIBYTES = 4 << 20;

    @ParameterizedTest
    @CsvSource({"1M, 3", "1200k, 3", "1200001, 4", "2M, 5", "20M, 50"})
    void instancesAreWhatTheirProcessorsCanDoRoundedUp(String rate, int instances) {
        Capacity capacity = reckon("--rate", rate, "--cores-per-instance", "4");
        assertThat(capacity.instances()).isEqualTo(new Bounded(instances, "processors"));
    }

    @Test
    void aPeakAndHeadroomAndReKeyingEachAskForMore() {
        assertThat(reckon("--rate", "1200k", "--peak", "2").instances().count()).isEqualTo(6);
        assertThat(reckon("--rate", "1200k", "--headroom", "0.5").instances().count())
                .isEqualTo(6);
        assertThat(reckon("--rate", "1200k", "--rekeyed").instances().count()).isEqualTo(6);
        assertThat(reckon("--rate", "1200k", "--cores-per-instance", "8")
                        .instances()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void thereAreTwoInstancesAndThreeBrokersAtLeastAndABrokerForEachCopy() {
        Capacity capacity = reckon("--rate", "1");
        assertThat(capacity.instances()).isEqualTo(new Bounded(2, "safety"));
        assertThat(capacity.brokers()).isEqualTo(new Bounded(3, "safety"));
        assertThat(reckon("--rate", "1", "--replication", "5").brokers()).isEqualTo(new Bounded(5, "safety"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 2", "1M, 4, 2, 12", "1M, 1, 3, 30", "1M, 16, 1, 16", "7M, 5, 2, 56"})
    void partitionsAreSharedEvenlyByAllWorkerThreads(String rate, int cores, int perThread, int partitions) {
        Capacity capacity = reckon(
                "--rate",
                rate,
                "--cores-per-instance",
                Integer.toString(cores),
                "--partitions-per-thread",
                Integer.toString(perThread));
        assertThat(capacity.partitions()).isEqualTo(partitions);
        assertThat(capacity.partitions() % capacity.instances().count()).isZero();
    }

    @Test
    void instancesRememberAllUsersAlsoWhenOneIsDown() {
        Capacity capacity = reckon("--rate", "1k", "--users", "1G", "--heap-per-instance", "24");
        assertThat(capacity.instances()).isEqualTo(new Bounded(9, "memory"));
        assertThat(capacity.maxUsers()).isEqualTo(125_000_000);
        assertThat(capacity.heapBytes()).isEqualTo(24 * Heap.GIBIBYTE);
        assertThat(reckon("--rate", "1k", "--users", "10M").maxUsers()).isEqualTo(10_000_000);
    }

    @Test
    void theLargestHeapIsNeverExceeded() {
        for (int users = 1; users < 3_000; users += 7) {
            for (String headroom : List.of("0", "0.4", "0.7")) {
                Capacity capacity = reckon("--rate", "1", "--users", users + "M", "--headroom", headroom);
                assertThat(capacity.heapBytes()).isLessThanOrEqualTo(24 * Heap.GIBIBYTE);
                assertThat(capacity.maxUsers() * (capacity.instances().count() - 1))
                        .isGreaterThanOrEqualTo(users * 1_000_000L);
            }
        }
    }

    @Test
    void whatPassesTheBrokersIsWrittenCopiedAndRead() {
        Traffic traffic = reckon("--rate", "1").traffic();
        assertThat(traffic.in()).isEqualTo(3 * (100 + 300 + 20 + 80));
        assertThat(traffic.out()).isEqualTo(100 + 300 + 2 * (100 + 300 + 20 + 80));
        Traffic rekeyed = reckon("--rate", "1", "--rekeyed", "--readers", "3", "--replication", "1")
                .traffic();
        assertThat(rekeyed.in()).isEqualTo(100 + 100 + 300 + 20 + 80);
        assertThat(rekeyed.out()).isEqualTo(100 + 100 + 3 * 300);
    }

    @Test
    void aLargerEventIsLargerInEachTopicOfEventsAndWhatIsAddedToItIsNot() {
        Traffic traffic = reckon("--rate", "1", "--event-bytes", "400").traffic();
        assertThat(traffic.input()).isEqualTo(200);
        assertThat(traffic.results()).isEqualTo(400);
        assertThat(traffic.sessions()).isEqualTo(20);
        assertThat(traffic.journal()).isEqualTo(80);
    }

    @Test
    void disksHoldWhatIsRetainedInAllCopiesAndTwiceTheUsers() {
        Disk disk = reckon(
                        "--rate",
                        "10",
                        "--replication",
                        "2",
                        "--retention-days",
                        "3",
                        "--session-days",
                        "5",
                        "--users",
                        "1k")
                .disk();
        double eventsADay = 2 * 10 * 86_400;
        assertThat(disk.input()).isEqualTo(eventsADay * 3 * 100);
        assertThat(disk.byUser()).isZero();
        assertThat(disk.results()).isEqualTo(eventsADay * 3 * 300);
        assertThat(disk.sessions()).isEqualTo(eventsADay * 5 * 20);
        assertThat(disk.state()).isEqualTo(2 * (2 * 1000 * 100 + 8 * FOUR_MEBIBYTES));
        assertThat(disk.total()).isEqualTo(disk.input() + disk.results() + disk.sessions() + disk.state());
    }

    @Test
    void brokersAreDecidedByWhatIsScarce() {
        // Of 500 bytes an event, 2 us: here 1500 and 1400 bytes, so 11.6 us.
        assertThat(reckon("--rate", "3M", "--retention-days", "0", "--session-days", "0", "--cores-per-broker", "8")
                        .brokers())
                .isEqualTo(new Bounded(5, "processors"));
        // 4.5 GB/s in, of 0.5 GB/s each.
        assertThat(reckon(
                                "--rate",
                                "3M",
                                "--retention-days",
                                "0",
                                "--session-days",
                                "0",
                                "--cores-per-broker",
                                "64",
                                "--network-per-broker",
                                "4")
                        .brokers())
                .isEqualTo(new Bounded(9, "network"));
        // 1.04 PB of events and 0.16 PB of sessions, 10 TB each.
        assertThat(reckon("--rate", "1M", "--retention-days", "10", "--disk-per-broker", "10")
                        .brokers())
                .isEqualTo(new Bounded(120, "disk"));
    }

    @Test
    void moneyIsForAllCoresAllMonthForTheDiskWithItsFreePartAndForTraffic() {
        Capacity capacity = reckon(
                "--rate",
                "1k",
                "--headroom",
                "0.5",
                "--price-core-hour",
                "0.1",
                "--price-gb-month",
                "0.2",
                "--price-gb-traffic",
                "0.01");
        Money money = capacity.money();
        assertThat(money.cores()).isCloseTo((2 * 4 + 3 * 8) * 730 * 0.1, within(1e-6));
        assertThat(money.disk()).isCloseTo(capacity.disk().total() / 0.5 / 1e9 * 0.2, within(1e-6));
        assertThat(money.traffic()).isCloseTo(1000 * 1500.0 * 730 * 3600 / 1e9 * 0.01, within(1e-6));
        assertThat(capacity.diskPerBrokerBytes()).isCloseTo(capacity.disk().total() / 0.5 / 3, within(1.0));
        assertThat(money.total()).isEqualTo(money.cores() + money.disk() + money.traffic());
    }

    /** Without peak and headroom, but where they are given. */
    private static Capacity reckon(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        if (!all.contains("--peak")) {
            all.addAll(List.of("--peak", "1"));
        }
        if (!all.contains("--headroom")) {
            all.addAll(List.of("--headroom", "0"));
        }
        if (!all.contains("--event-bytes")) {
            all.addAll(List.of("--event-bytes", "200"));
        }
        Assumptions assumptions = CommandLine.populateCommand(new Assumptions(), all.toArray(String[]::new));
        assertThat(assumptions.mistakes()).isEmpty();
        return Capacity.of(MEASURED, assumptions);
    }
}
