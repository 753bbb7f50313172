package io.gatehouse.app.capacity;

/** What it costs in a month, in whatever the prices are in. */
record Money(double cores, double disk, double traffic) {
    static final double HOURS_A_MONTH = 730;
    private static final double GIGABYTE = 1e9;
    private static final double HOUR_S = 3600;

    /** @param diskBytes what is bought */
    static Money of(Assumptions assumed, long cores, double diskBytes, Traffic traffic) {
        double inBytes = assumed.rate * traffic.in() * HOURS_A_MONTH * HOUR_S;
        return new Money(
                cores * HOURS_A_MONTH * assumed.priceCoreHour,
                diskBytes / GIGABYTE * assumed.priceGigabyteMonth,
                inBytes / GIGABYTE * assumed.priceGigabyteTraffic);
    }

    double total() {
        return cores + disk + traffic;
    }
}
