package io.gatehouse.lab.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Bad and odd records, in the order in which they are sent. All chance is of one seed, so that they are always the same,
 * but for the few whose own timestamp lies ahead of the clock.
 */
final class Corpus {
    private static final long SEED = 20_260_101;

    private Corpus() {}

    /**
     * All families, mixed. Those that make what follows them late come last.
     *
     * @param nowMs the clock, for timestamps that lie ahead of it; epoch milliseconds
     */
    static List<CorpusRecord> records(long nowMs) {
        Random chance = new Random(SEED);
        List<CorpusRecord> all = new ArrayList<>();
        all.addAll(BrokenText.records());
        all.addAll(Encodings.records());
        all.addAll(Escapes.records());
        all.addAll(Nesting.records());
        all.addAll(Names.records());
        all.addAll(Numbers.records());
        all.addAll(Types.records());
        all.addAll(Texts.records());
        all.addAll(Lengths.records());
        all.addAll(FaultPairs.records());
        all.addAll(Addresses.records());
        all.addAll(Times.records());
        all.addAll(KafkaOddities.records(nowMs));
        all.addAll(RandomSpellings.records(chance));
        all.addAll(Noise.records(chance));
        Collections.shuffle(all, chance);
        List<CorpusRecord> inOrder = new ArrayList<>(all.size());
        all.stream().filter(record -> !record.isAhead()).forEach(inOrder::add);
        all.stream().filter(CorpusRecord::isAhead).forEach(inOrder::add);
        return List.copyOf(inOrder);
    }
}
