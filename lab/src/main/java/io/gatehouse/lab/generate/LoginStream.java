package io.gatehouse.lab.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/** An endless stream of generated records; the same settings always give the same one. Not thread-safe. */
public final class LoginStream implements Iterator<GeneratedRecord> {
    private static final double REPEATS = 0.015;
    private static final int REMEMBERED_FOR_REPEATS = 256;

    private final StreamSettings settings;
    private final SplittableRandom chance;
    private final Traffic traffic;
    private final List<Fault> faults;
    private final int faultWeights;
    private final List<GeneratedRecord> recent = new ArrayList<>(REMEMBERED_FOR_REPEATS);
    private final long startMs;
    private final double stepMs;
    private long seq;

    public LoginStream(StreamSettings settings) {
        this.settings = settings;
        this.chance = new SplittableRandom(settings.seed());
        this.traffic = settings.profile() == Profile.REFERENCE
                ? new ReferenceTraffic()
                : new RealisticTraffic(settings.seed(), settings.users(), settings.oneLine());
        this.faults = Fault.all();
        this.faultWeights = faults.stream().mapToInt(Fault::weight).sum();
        this.startMs = settings.start().toEpochMilli();
        this.stepMs = settings.step().toNanos() / 1e6;
    }

    public StreamSettings settings() {
        return settings;
    }

    /** Always true: the stream does not end. */
    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public GeneratedRecord next() {
        GeneratedRecord made = make();
        seq++;
        return made;
    }

    private GeneratedRecord make() {
        if (chance.nextDouble() < settings.faults()) {
            Fault fault = someFault();
            Draft draft = draft();
            byte[] key = key(draft);
            byte[] value = fault.spoiler().spoil(draft.spacing(Draft.Spacing.SPACED), chance);
            return new GeneratedRecord(seq, key, value, fault.outcome());
        }
        if (settings.profile() == Profile.REFERENCE) {
            return good();
        }
        if (!recent.isEmpty() && chance.nextDouble() < REPEATS) {
            GeneratedRecord earlier = recent.get(chance.nextInt(recent.size()));
            return new GeneratedRecord(seq, earlier.key(), earlier.value(), Outcome.ACCEPTED);
        }
        GeneratedRecord good = good();
        if (recent.size() < REMEMBERED_FOR_REPEATS) {
            recent.add(good);
        } else {
            recent.set((int) (seq % REMEMBERED_FOR_REPEATS), good);
        }
        return good;
    }

    private GeneratedRecord good() {
        Draft draft = draft();
        return new GeneratedRecord(seq, key(draft), draft.bytes(), Outcome.ACCEPTED);
    }

    private Draft draft() {
        return traffic.next(startMs + (long) (seq * stepMs), chance);
    }

    private byte[] key(Draft draft) {
        String key = settings.key() == KeyChoice.USER ? draft.user() : Names.uuid(chance.nextLong(), chance.nextLong());
        return key.getBytes(UTF_8);
    }

    private Fault someFault() {
        int ticket = chance.nextInt(faultWeights);
        for (Fault fault : faults) {
            ticket -= fault.weight();
            if (ticket < 0) {
                return fault;
            }
        }
        throw new IllegalStateException("the weights of the faults do not add up to " + faultWeights);
    }
}
