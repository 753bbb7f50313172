package io.gatehouse.lab.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.List;

/** What two judges, told the same, must have in common: everything. */
final class Agreement {
    private Agreement() {}

    /** @throws PropertyBroken when a judge says something else of a record than the reference does */
    static void withTheReference(Judge judge, List<Judge.Input> records) {
        List<Judge.Outcome> expected = Judges.reference(records);
        List<Judge.Outcome> actual = judge.judge(records);
        PropertyBroken.unlessEqual(expected.size(), actual.size(), "the number of outcomes");
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                Judge.Input record = records.get(i);
                throw new PropertyBroken("of record " + i + ", at " + record.timestampMs() + ", which is\n  "
                        + HexFormat.of().formatHex(record.value()) + "\n  " + new String(record.value(), UTF_8)
                        + "\nthe reference says\n  " + expected.get(i) + "\nand the core\n  " + actual.get(i));
            }
        }
    }
}
