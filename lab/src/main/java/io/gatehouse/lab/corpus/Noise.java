package io.gatehouse.lab.corpus;

import static io.gatehouse.lab.corpus.Expectation.INVALID_UTF8;
import static io.gatehouse.lab.corpus.Expectation.MALFORMED_JSON;

import io.gatehouse.lab.generate.Draft;
import java.util.List;
import java.util.Random;

/** Random bytes and texts, each with one thing that settles what must become of it. */
final class Noise {
    private static final int OF_EACH = 120;
    private static final int LONGEST = 300;

    /** No JSON begins with one of these. */
    private static final String NO_BEGINNING = "abcdeghijklmopqrsuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ}],:.;!?*/\\'()<>";

    private static final String STRUCTURE = "{}[]:,\"\\ 01-.eEtfnu";

    private final Random chance;

    private Noise(Random chance) {
        this.chance = chance;
    }

    static List<CorpusRecord> records(Random chance) {
        Noise noise = new Noise(chance);
        Entries entries = new Entries(Family.NOISE);
        for (int i = 0; i < OF_EACH; i++) {
            byte[] bytes = new byte[1 + chance.nextInt(LONGEST)];
            chance.nextBytes(bytes);
            bytes[chance.nextInt(bytes.length)] = (byte) 0xFF;
            entries.add("bytes " + i, entries.good().user(), bytes, INVALID_UTF8);
            entries.add("letters " + i, entries.good().user(), noise.beginning() + noise.printable(), MALFORMED_JSON);
            entries.add("structure " + i, entries.good().user(), noise.beginning() + noise.structure(), MALFORMED_JSON);
            Draft good = entries.good();
            entries.add(
                    "a login and more " + i,
                    good.user(),
                    good.text() + noise.beginning() + noise.printable(),
                    MALFORMED_JSON);
        }
        return entries.records();
    }

    private char beginning() {
        return NO_BEGINNING.charAt(chance.nextInt(NO_BEGINNING.length()));
    }

    private String printable() {
        return chance.ints(chance.nextInt(LONGEST), 0x20, 0x7F)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private String structure() {
        return chance.ints(chance.nextInt(LONGEST), 0, STRUCTURE.length())
                .map(STRUCTURE::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
