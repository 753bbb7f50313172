package io.gatehouse.lab.fuzz;

/** What the fuzzer calls; it finds the methods by their names. */
public final class FuzzEntry {
    private static Property property;

    private FuzzEntry() {}

    /**
     * Gets ready, and loads all classes before the time of the run and of its first input begins.
     *
     * @param arguments the target's label
     */
    public static void fuzzerInitialize(String[] arguments) {
        property = FuzzTarget.of(arguments[0]).property();
        property.seeds().forEach(FuzzEntry::tryOnce);
    }

    private static void tryOnce(byte[] seed) {
        try {
            property.holdsFor(seed);
        } catch (RuntimeException | AssertionError broken) {
            // The fuzzer comes to the same seed, and tells of it.
        }
    }

    public static void fuzzerTestOneInput(byte[] input) {
        property.holdsFor(input);
    }
}
