package io.gatehouse.lab.generate;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A way to spoil a good event, and what must be found wrong with it then.
 *
 * @param weight how often it is chosen, relative to the others
 */
record Fault(Outcome outcome, int weight, Spoiler spoiler) {
    /** Makes the bad value. */
    @FunctionalInterface
    interface Spoiler {
        /** @return the value; null is one of the bad ones */
        byte[] spoil(Draft good, SplittableRandom chance);
    }

    /** Every reason of the contract with every field it applies to. */
    static List<Fault> all() {
        List<Fault> faults = new ArrayList<>();
        WholeFaults.addTo(faults);
        FieldFaults.addTo(faults);
        return List.copyOf(faults);
    }

    static Fault of(Reason reason, Field field, Spoiler spoiler) {
        return new Fault(new Outcome(reason, field), 20, spoiler);
    }

    /** One that is chosen twenty times more seldom, because its events are large. */
    static Fault rare(Reason reason, Spoiler spoiler) {
        return new Fault(new Outcome(reason, null), 1, spoiler);
    }

    static <T> T oneOf(List<T> choices, SplittableRandom chance) {
        return choices.get(chance.nextInt(choices.size()));
    }
}
