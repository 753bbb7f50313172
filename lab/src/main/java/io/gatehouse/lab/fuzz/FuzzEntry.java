package io.gatehouse.lab.fuzz;

/** What the fuzzer calls; it finds the methods by their names. */
public final class FuzzEntry {
    private static Property property;

    private FuzzEntry() {}

    /** @param arguments the target's label */
    public static void fuzzerInitialize(String[] arguments) {
        property = FuzzTarget.of(arguments[0]).property();
    }

    public static void fuzzerTestOneInput(byte[] input) {
        property.holdsFor(input);
    }
}
