package io.gatehouse.app.watch;

import java.net.URI;

/**
 * An instance as it answers over HTTP. Figures are NaN where they are not known, rates over the last half minute.
 *
 * @param trouble why there is no answer; null when there is one
 * @param health what it says; null without an answer
 * @param agePerHundred seconds within which 99 of 100 records had been committed since they were written
 * @param ledgerDifference records whose whereabouts are not known: anything but 0 is a defect
 */
record Instance(
        URI url,
        String trouble,
        HealthAnswer health,
        double processedPerSecond,
        double deadLettersPerSecond,
        double agePerHundred,
        double ledgerDifference) {

    static Instance silent(URI url, String trouble) {
        return new Instance(url, trouble, null, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    boolean isWell() {
        return health != null && health.status().equals("ready") && !(ledgerDifference > 0);
    }

    /** The part of what was taken that was refused, 0 to 1; NaN when nothing was, or that is not known. */
    double deadLetterShare() {
        double taken = processedPerSecond + deadLettersPerSecond;
        return taken > 0 ? deadLettersPerSecond / taken : Double.NaN;
    }
}
