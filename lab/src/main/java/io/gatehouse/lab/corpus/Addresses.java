package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.refused;

import java.util.List;

/** Forms of IP addresses: addresses.txt beside this class, each line plain and with an escape. */
final class Addresses {
    private static final String INVALID = "invalid_ip";

    private Addresses() {}

    static List<CorpusRecord> records() {
        Entries entries = new Entries(Family.ADDRESSES);
        for (DataFile.Line line : DataFile.lines("addresses.txt")) {
            Expectation expected =
                    line.outcome().equals(INVALID) ? refused(INVALID, "ip") : Expectation.withCategory(line.outcome());
            entries.add(line.json(), entries.good().put("ip", line.json()), expected);
            String escaped = Spelling.withAnEscape(line.json());
            if (!escaped.equals(line.json())) {
                entries.add(line.json() + ", escaped", entries.good().put("ip", escaped), expected);
            }
        }
        return entries.records();
    }
}
