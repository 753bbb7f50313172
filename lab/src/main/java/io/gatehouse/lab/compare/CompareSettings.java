package io.gatehouse.lab.compare;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is measured.
 *
 * @param contestants in the order of their turns
 * @param rounds each of which everybody takes part in
 * @param isSwept whether each contestant's own variants are tried before the first round, and the best is taken
 * @param events in the input
 * @param users of the realistic profile
 * @param loginsADay of a user, on average: decides how many of the logins begin a session
 * @param heapMegabytes of a contestant, all its processes together
 * @param dataDirectory where the broker keeps its data
 */
record CompareSettings(
        List<Contestant> contestants,
        int rounds,
        Timing timing,
        boolean isSwept,
        long events,
        int users,
        int loginsADay,
        int partitions,
        int heapMegabytes,
        Duration commitInterval,
        Path dataDirectory) {}
