package io.gatehouse.lab.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A wall clock that is wrong for one process alone, by Debian's faketime. Its waits and intervals are as they are. */
public final class ClockShift {
    /** Debian's own, by architecture. */
    private static final List<String> DIRECTORIES = List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu");

    private ClockShift() {}

    /**
     * Variables for the environment of a process, in which they hold for its whole life.
     *
     * @param shift how far its clock is ahead; negative for behind; in whole seconds
     * @throws FaultImpossible where faketime is not installed
     */
    public static Map<String, String> environment(Duration shift) {
        return Map.of(
                "LD_PRELOAD",
                library().toString(),
                "FAKETIME",
                String.format("%+d", shift.toSeconds()),
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Otherwise it takes Java's deadlines, which are of the monotonic clock, for those of the wall
                // clock: every wait would end at once.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    private static Path library() {
        return DIRECTORIES.stream()
                .map(directory -> Path.of(directory, "faketime", "libfaketimeMT.so.1"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() ->
                        new FaultImpossible("a wrong clock needs Debian's libfaketime (apt install libfaketime)"));
    }
}
