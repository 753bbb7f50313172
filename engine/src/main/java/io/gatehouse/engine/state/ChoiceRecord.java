package io.gatehouse.engine.state;

import io.gatehouse.engine.EngineSettings.Partitioning;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The group's choice of partitioning, as it stands in partition 0 of the state topic before there is a journal. The first
 * one in the log counts. When the journal is trimmed it goes, and the headers of all blocks say the same.
 *
 * <pre>
 *  0  3  magic "GHC"
 *  3  1  format version
 *  4  4  CRC32C of everything after this field, little-endian
 *  8  1  partitioning, as in a journal's header
 * </pre>
 */
public final class ChoiceRecord {
    private static final byte[] MAGIC = {'G', 'H', 'C'};
    private static final byte VERSION = 1;
    private static final int VERSION_AT = 3;
    private static final int CHECKSUM_AT = 4;
    private static final int CHOICE_AT = 8;
    private static final int LENGTH_BYTES = 9;

    private ChoiceRecord() {}

    /** The record's value. */
    public static byte[] of(Partitioning choice) {
        byte[] value = Arrays.copyOf(MAGIC, LENGTH_BYTES);
        value[VERSION_AT] = VERSION;
        value[CHOICE_AT] = codeOf(choice);
        ordered(value).putInt(CHECKSUM_AT, checksum(value));
        return value;
    }

    /** Whether a record of the state topic is a choice, and not a block of the journal. */
    public static boolean isChoice(byte[] value) {
        return value != null
                && value.length >= MAGIC.length
                && Arrays.equals(value, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * The choice that a record of the state topic tells, be it a choice or a block of the journal.
     *
     * @throws DamagedJournalException when it is neither, or is damaged
     */
    public static Partitioning read(byte[] value) {
        return choiceOf(
                isChoice(value) ? recorded(value) : JournalBlock.open(value).partitioning());
    }

    private static byte recorded(byte[] value) {
        if (value.length > VERSION_AT && value[VERSION_AT] != VERSION) {
            throw new DamagedJournalException("a recorded choice of partitioning has format version "
                    + value[VERSION_AT] + ", this Gatehouse reads version " + VERSION);
        }
        if (value.length != LENGTH_BYTES) {
            throw new DamagedJournalException("a recorded choice of partitioning is cut short");
        }
        if (ordered(value).getInt(CHECKSUM_AT) != checksum(value)) {
            throw new DamagedJournalException("the checksum of a recorded choice of partitioning does not match");
        }
        return value[CHOICE_AT];
    }

    private static ByteBuffer ordered(byte[] value) {
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int checksum(byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(value, CHOICE_AT, value.length - CHOICE_AT);
        return (int) crc.getValue();
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
