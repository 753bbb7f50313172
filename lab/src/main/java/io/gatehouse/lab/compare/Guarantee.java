package io.gatehouse.lab.compare;

/** What a contestant promises of each login. */
enum Guarantee {
    /** Its result, its user's memory and its offset become visible together, once. */
    EXACTLY_ONCE("exactly once"),
    /** After a crash results may come twice, and what was remembered of users is gone. */
    AT_LEAST_ONCE("at least once, nothing remembered after a crash");

    private final String words;

    Guarantee(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
