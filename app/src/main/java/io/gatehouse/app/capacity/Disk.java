package io.gatehouse.app.capacity;

/** What lies on the brokers' disks, bytes, all copies. */
record Disk(double input, double byUser, double results, double sessions, double state) {
    private static final double DAY_S = 86_400;
    /** A journal is swept when it has grown to about twice what its users take. */
    private static final int JOURNAL_GROWTH = 2;
    /** {@code profile.sweep-floor}. */
    private static final double SWEEP_FLOOR_BYTES = 4 << 20;

    static Disk of(Measured measured, Assumptions assumed, Traffic traffic, long partitions) {
        double eventsADay = assumed.rate * DAY_S * assumed.replication;
        double state = JOURNAL_GROWTH * assumed.users * measured.userImageBytes() + partitions * SWEEP_FLOOR_BYTES;
        return new Disk(
                eventsADay * assumed.retentionDays * traffic.input(),
                eventsADay * assumed.retentionDays * traffic.byUser(),
                eventsADay * assumed.retentionDays * traffic.results(),
                eventsADay * assumed.sessionDays * traffic.sessions(),
                assumed.replication * state);
    }

    double total() {
        return input + byUser + results + sessions + state;
    }
}
