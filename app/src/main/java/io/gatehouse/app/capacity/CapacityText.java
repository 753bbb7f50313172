package io.gatehouse.app.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a rate needs, for people. */
final class CapacityText {
    private final Measured measured;
    private final Assumptions assumed;
    private final Capacity capacity;
    private final List<String> lines = new ArrayList<>();

    private CapacityText(Measured measured, Assumptions assumed, Capacity capacity) {
        this.measured = measured;
        this.assumed = assumed;
        this.capacity = capacity;
    }

    static List<String> of(Measured measured, Assumptions assumed, Capacity capacity) {
        CapacityText text = new CapacityText(measured, assumed, capacity);
        text.demand();
        text.machines();
        text.traffic();
        text.disk();
        text.money();
        text.warning();
        return text.lines;
    }

    private void demand() {
        line(
                "%s events/s, %s at the peak, of %d bytes, %s; %s users; %.0f %% left free",
                Amounts.count(assumed.rate),
                Amounts.count(assumed.peakRate()),
                assumed.eventBytes,
                assumed.isRekeyed ? "to be re-keyed" : "keyed by user",
                Amounts.count(assumed.users),
                100 * assumed.headroom);
    }

    private void machines() {
        line("");
        line(
                "instances   %,6d  %d cores, -Xmx%.0fg, profile.max-users=%d; decided by %s",
                capacity.instances().count(),
                assumed.coresPerInstance,
                capacity.heapBytes() / Heap.GIBIBYTE,
                capacity.maxUsers(),
                capacity.instances().because());
        line(
                "partitions  %,6d  %d to each of %,d worker threads",
                capacity.partitions(),
                assumed.partitionsPerThread,
                capacity.partitions() / assumed.partitionsPerThread);
        line(
                "brokers     %,6d  %d cores, %s of disk; decided by %s",
                capacity.brokers().count(),
                assumed.coresPerBroker,
                Amounts.bytes(capacity.diskPerBrokerBytes()),
                capacity.brokers().because());
    }

    private void traffic() {
        Traffic traffic = capacity.traffic();
        line("");
        line("%-20s  %10s  %11s  %11s", "at the brokers", "an event", "on average", "at the peak");
        flow("input", traffic.input());
        if (assumed.isRekeyed) {
            flow("by user", traffic.byUser());
        }
        flow("results", traffic.results());
        flow("sessions", traffic.sessions());
        flow("state", traffic.journal());
        flow("network in", traffic.in());
        flow("network out", traffic.out());
    }

    private void flow(String name, double bytes) {
        line(
                "  %-18s  %10s  %11s  %11s",
                name,
                Amounts.bytes(bytes),
                Amounts.bytesASecond(bytes * assumed.rate),
                Amounts.bytesASecond(bytes * assumed.peakRate()));
    }

    private void disk() {
        Disk disk = capacity.disk();
        line("");
        line("disk, %d copies", assumed.replication);
        share("input, " + days(assumed.retentionDays), Amounts.bytes(disk.input()));
        if (assumed.isRekeyed) {
            share("by user, " + days(assumed.retentionDays), Amounts.bytes(disk.byUser()));
        }
        share("results, " + days(assumed.retentionDays), Amounts.bytes(disk.results()));
        share("sessions, " + days(assumed.sessionDays), Amounts.bytes(disk.sessions()));
        share("state", Amounts.bytes(disk.state()));
        share("together", Amounts.bytes(disk.total()));
    }

    private void money() {
        Money money = capacity.money();
        line("");
        line("money a month");
        share("cores", Amounts.count(Math.round(money.cores())));
        share("disk", Amounts.count(Math.round(money.disk())));
        if (assumed.priceGigabyteTraffic > 0) {
            share("traffic", Amounts.count(Math.round(money.traffic())));
        }
        share("together", Amounts.count(Math.round(money.total())));
    }

    private void share(String name, String amount) {
        line("  %-18s  %10s", name, amount);
    }

    private void warning() {
        line("");
        line(
                "In a straight line from one machine of two processors, on which an event took %.2f us of a worker",
                measured.workerMicros());
        line("and %.2f us of a broker. Measure on yours before you buy.", measured.brokerMicros());
    }

    private static String days(double number) {
        return Amounts.count(number) + (number == 1 ? " day" : " days");
    }

    private void line(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}
