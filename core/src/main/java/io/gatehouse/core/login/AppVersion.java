package io.gatehouse.core.login;

/**
 * Reads {@code MAJOR[.MINOR[.PATCH]]} from an {@code app_version}, with or without a leading {@code v}. What follows the
 * last number is ignored when it begins with a hyphen, a plus sign or a space, or with a dot after the third.
 *
 * <p>A version is one long, and versions compare as these do:
 *
 * <pre>
 *  63      48 47      32 31      16 15       0
 * +----------+----------+----------+----------+
 * |    0     |  major   |  minor   |  patch   |
 * +----------+----------+----------+----------+
 * </pre>
 */
public final class AppVersion {
    /** What is returned for a text that is absent or no version. */
    public static final long NONE = -1;

    private static final int PARTS = 3;
    private static final int PART_BITS = 16;
    private static final int MAX_PART = 65_535;

    private AppVersion() {}

    /** The version; {@link #NONE} when the text does not parse or a part is above 65535. Missing parts are 0. */
    public static long parse(Text text) {
        return parse(text.bytes(), text.from(), text.to());
    }

    /** The same of a range of UTF-8 bytes; an empty one is no version. */
    public static long parse(byte[] bytes, int from, int to) {
        int pos = from < to && bytes[from] == 'v' ? from + 1 : from;
        long version = 0;
        int parts = 0;
        while (true) {
            int start = pos;
            int part = 0;
            while (pos < to && bytes[pos] >= '0' && bytes[pos] <= '9') {
                part = Math.min(part * 10 + bytes[pos] - '0', MAX_PART + 1);
                pos++;
            }
            if (pos == start || part > MAX_PART) {
                return NONE;
            }
            version = version << PART_BITS | part;
            parts++;
            if (parts == PARTS || pos == to || bytes[pos] != '.') {
                boolean isComplete = pos == to || endsVersion(bytes[pos]);
                return isComplete ? version << (PARTS - parts) * PART_BITS : NONE;
            }
            pos++;
        }
    }

    /** Whether the version ends before this byte; a dot comes here only after the third part. */
    private static boolean endsVersion(byte next) {
        return next == '-' || next == '+' || next == ' ' || next == '.';
    }

    public static int major(long version) {
        return (int) (version >>> 2 * PART_BITS) & MAX_PART;
    }

    public static int minor(long version) {
        return (int) (version >>> PART_BITS) & MAX_PART;
    }

    public static int patch(long version) {
        return (int) version & MAX_PART;
    }
}
