package io.gatehouse.engine.state;

import io.gatehouse.engine.EngineSettings.Partitioning;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/**
 * The group's choice of partitioning, as it stands in partition 0 of the state topic before there is a journal. The first
 * one in the log counts. When the journal is trimmed it goes, and the headers of all blocks say the same.
 *
 * <pre>
 *  0  3  magic "GHC"
 *  3  1  format version
 *  4  1  partitioning, as in a journal's header
 * </pre>
 */
public final class ChoiceRecord {
    private static final byte[] MAGIC = {'G', 'H', 'C', 1};
    private static final int LENGTH_BYTES = MAGIC.length + 1;

    private ChoiceRecord() {}

    /** The record's value. */
    public static byte[] of(Partitioning choice) {
        return ByteBuffer.allocate(LENGTH_BYTES).put(MAGIC).put(codeOf(choice)).array();
    }

    /** Whether a record of the state topic is a choice, and not a block of the journal. */
    public static boolean isChoice(byte[] value) {
        return value != null && value.length == LENGTH_BYTES && Arrays.equals(value, 0, 4, MAGIC, 0, 4);
    }

    /**
     * The choice that a record of the state topic tells, be it a choice or a block of the journal.
     *
     * @throws DamagedJournalException when it is neither
     */
    public static Partitioning read(byte[] value) {
        return choiceOf(
                isChoice(value) ? value[MAGIC.length] : JournalBlock.open(value).partitioning());
    }

    /** The number that stands for a choice. */
    public static byte codeOf(Partitioning choice) {
        return switch (choice) {
            case KEYED -> JournalHeader.KEYED;
            case REKEY -> JournalHeader.REKEYED;
            case AUTO -> throw new IllegalArgumentException("nothing is chosen yet");
        };
    }

    /**
     * The choice that a number stands for.
     *
     * @throws DamagedJournalException when it stands for none
     */
    public static Partitioning choiceOf(byte code) {
        return switch (code) {
            case JournalHeader.KEYED -> Partitioning.KEYED;
            case JournalHeader.REKEYED -> Partitioning.REKEY;
            default -> throw new DamagedJournalException("a record has partitioning " + code + ", which is unknown");
        };
    }

    /** The word for a choice in configuration, log, health and metrics. */
    public static String word(Partitioning choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
