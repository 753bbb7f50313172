package io.gatehouse.app.capacity;

/**
 * What a rate needs.
 *
 * @param instances processes that judge
 * @param heapBytes {@code -Xmx} of each
 * @param maxUsers {@code profile.max-users} of each: what it has to remember when another instance is down
 * @param partitions of the input, and so of the topics beside it; a multiple of all worker threads
 * @param diskPerBrokerBytes with the part that is left free
 */
record Capacity(
        Bounded instances,
        double heapBytes,
        long maxUsers,
        long partitions,
        Bounded brokers,
        double diskPerBrokerBytes,
        Traffic traffic,
        Disk disk,
        Money money) {
    /** So that one may be down. */
    private static final int LEAST_INSTANCES = 2;

    /** So many keep a majority when one is down. */
    private static final int LEAST_BROKERS = 3;

    private static final double MICROS = 1e6;
    private static final double TERABYTE = 1e12;
    private static final double GIGABIT_BYTES = 1e9 / 8;

    static Capacity of(Measured measured, Assumptions assumed) {
        Traffic traffic = Traffic.of(measured, assumed);
        Bounded instances = instances(measured, assumed);
        double users = Math.ceil(assumed.users / (instances.count() - 1));
        long partitions = instances.count() * assumed.threads() * assumed.partitionsPerThread;
        Disk disk = Disk.of(measured, assumed, traffic, partitions);
        Bounded brokers = brokers(measured, assumed, traffic, disk);
        double diskBytes = disk.total() / assumed.used();
        long cores = instances.count() * assumed.coresPerInstance + brokers.count() * assumed.coresPerBroker;
        return new Capacity(
                instances,
                Heap.size(measured, assumed, users),
                (long) users,
                partitions,
                brokers,
                diskBytes / brokers.count(),
                traffic,
                disk,
                Money.of(assumed, cores, diskBytes, traffic));
    }

    private static Bounded instances(Measured measured, Assumptions assumed) {
        double micros = measured.workerMicros() / (assumed.isRekeyed ? measured.rekeyedShare() : 1);
        double busyCores = assumed.peakRate() * micros / MICROS;
        return Bounded.largestOf(
                Bounded.by("safety", LEAST_INSTANCES),
                Bounded.by("processors", busyCores / (assumed.coresPerInstance * assumed.used())),
                // One more, so that the others can remember its users when it is down.
                Bounded.by("memory", 1 + Math.ceil(assumed.users / Heap.mostUsers(measured, assumed))));
    }

    private static Bounded brokers(Measured measured, Assumptions assumed, Traffic traffic, Disk disk) {
        double used = assumed.used();
        // What a broker does is taken to be in proportion to the bytes that pass it.
        double microsPerByte = measured.brokerMicros() / measured.brokerBytes();
        double busyCores = assumed.peakRate() * (traffic.in() + traffic.out()) * microsPerByte / MICROS;
        double widest = assumed.peakRate() * Math.max(traffic.in(), traffic.out());
        return Bounded.largestOf(
                Bounded.by("safety", Math.max(LEAST_BROKERS, assumed.replication)),
                Bounded.by("processors", busyCores / (assumed.coresPerBroker * used)),
                Bounded.by("network", widest / (assumed.networkGigabits * GIGABIT_BYTES * used)),
                Bounded.by("disk", disk.total() / (assumed.diskTerabytes * TERABYTE * used)));
    }
}
