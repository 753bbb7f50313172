package io.gatehouse.core.login;

import java.util.Arrays;

/**
 * Reads the ordinary event in one walk over its bytes, allocating nothing: one flat object, valid UTF-8, no escapes in
 * names or in fields that Gatehouse reads. It never refuses: what it is not sure of it declines, and the
 * {@link StrictDecoder} decides. What it accepts, the strict decoder accepts too, with the same values.
 *
 * <p>Methods that walk return the index after what they have passed, or {@link #DECLINED}.
 */
final class FastScanner {
    /** Names that are not ours are compared each with each, so they must be few; events with more go the strict way. */
    static final int MAX_UNKNOWN_NAMES = 16;

    private static final int DECLINED = Scalars.NONE;

    /** Of how many producers' programs the events may come in turn without being read name by name. */
    private static final int OUTLINES = 4;

    private final KnownNames names;
    private final Outline[] outlines = new Outline[OUTLINES];
    /** Which outline the last event had. */
    private int latest;

    private final int[] unknownFrom = new int[MAX_UNKNOWN_NAMES];
    private final int[] unknownTo = new int[MAX_UNKNOWN_NAMES];
    private int unknownNames;

    /** The event that is read by name. */
    private byte[] value;

    private int limit;
    /** The top bits at which a string is interrupted: all until the value is known to be valid UTF-8, then none. */
    private long unchecked;

    FastScanner(KnownNames names) {
        this.names = names;
        Arrays.setAll(outlines, i -> new Outline());
    }

    /**
     * Reads the event that lies between two indexes.
     *
     * @return false when it is declined, and then nothing in {@code into} is valid
     */
    boolean scan(byte[] bytes, int from, int to, Members into) {
        into.clear();
        return outlines[latest].read(bytes, from, to, into) || scanOther(bytes, from, to, into);
    }

    private boolean scanOther(byte[] bytes, int from, int to, Members into) {
        for (int i = 1; i < OUTLINES; i++) {
            int next = (latest + i) % OUTLINES;
            into.clear();
            if (outlines[next].read(bytes, from, to, into)) {
                latest = next;
                return true;
            }
        }
        into.clear();
        // The one not used for the longest time, if they come in turn.
        int oldest = (latest + 1) % OUTLINES;
        value = bytes;
        limit = to;
        boolean isRead = scanByName(from, into, outlines[oldest]);
        value = null;
        if (!isRead) {
            return false;
        }
        if (outlines[oldest].end()) {
            latest = oldest;
        }
        return true;
    }

    private boolean scanByName(int from, Members into, Outline outline) {
        unknownNames = 0;
        unchecked = Words.TOP_BITS;
        int open = skipWhiteSpace(from);
        if (byteAt(open) != '{') {
            return false;
        }
        outline.begin(from, open);
        into.setOpen(open);
        int pos = open;
        do {
            int end = member(skipWhiteSpace(pos + 1), into, outline);
            if (end == DECLINED) {
                return false;
            }
            into.setEnd(end);
            pos = skipWhiteSpace(end);
        } while (byteAt(pos) == ',');
        return byteAt(pos) == '}' && skipWhiteSpace(pos + 1) == limit;
    }

    private int member(int pos, Members into, Outline outline) {
        if (byteAt(pos) != '"') {
            return DECLINED;
        }
        int from = pos + 1;
        int to = closingQuote(from);
        if (to == DECLINED) {
            return DECLINED;
        }
        int colon = skipWhiteSpace(to + 1);
        if (byteAt(colon) != ':') {
            return DECLINED;
        }
        int start = skipWhiteSpace(colon + 1);
        Field field = names.find(value, from, to);
        int end = field == null ? otherMember(from, to, start) : fieldValue(start, into.of(field));
        if (end != DECLINED) {
            outline.add(value, field, start, end, limit);
        }
        return end;
    }

    private int otherMember(int from, int to, int start) {
        return isNewUnknown(from, to) ? unknownValue(start) : DECLINED;
    }

    private int fieldValue(int start, Member into) {
        return into.isAbsent() ? knownValue(start, into) : DECLINED;
    }

    private int knownValue(int start, Member into) {
        return switch (byteAt(start)) {
            case '"' -> {
                int quote = closingQuote(start + 1);
                into.set(Kind.STRING, start + 1, quote);
                yield quote == DECLINED ? DECLINED : quote + 1;
            }
            case 'n' -> {
                into.set(Kind.NULL, 0, 0);
                yield Scalars.literalEnd(value, start, limit);
            }
            case 't', 'f' -> {
                into.set(Kind.OTHER, 0, 0);
                yield Scalars.literalEnd(value, start, limit);
            }
            default -> knownNumber(start, into);
        };
    }

    private int knownNumber(int start, Member into) {
        int integerEnd = Scalars.integerEnd(value, start, limit);
        if (integerEnd == DECLINED) {
            return DECLINED;
        }
        int end = Scalars.decimalEnd(value, integerEnd, limit);
        into.set(end == integerEnd ? Kind.INTEGER : Kind.DECIMAL, start, end);
        return end;
    }

    private int unknownValue(int start) {
        return switch (byteAt(start)) {
            case '"' -> {
                int quote = closingQuotePastEscapes(start + 1);
                yield quote == DECLINED ? DECLINED : quote + 1;
            }
            case 'n', 't', 'f' -> Scalars.literalEnd(value, start, limit);
            default -> Scalars.numberEnd(value, start, limit);
        };
    }

    /** Remembers a name that is not ours; false when it must not come here: seen before, reserved, or one too many. */
    private boolean isNewUnknown(int from, int to) {
        if (unknownNames == MAX_UNKNOWN_NAMES || KnownNames.isReserved(value, from, to)) {
            return false;
        }
        for (int i = 0; i < unknownNames; i++) {
            if (Arrays.equals(value, from, to, value, unknownFrom[i], unknownTo[i])) {
                return false;
            }
        }
        unknownFrom[unknownNames] = from;
        unknownTo[unknownNames] = to;
        unknownNames++;
        return true;
    }

    /** Index of the quote that ends the string without escapes that begins at {@code from}. */
    private int closingQuote(int from) {
        int pos = plainEnd(from);
        return byteAt(pos) == '"' ? pos : DECLINED;
    }

    /** The same, but passes escapes of two characters. The others may pair up wrongly, so they go the strict way. */
    private int closingQuotePastEscapes(int from) {
        int pos = plainEnd(from);
        while (byteAt(pos) == '\\' && isShortEscape(byteAt(pos + 1))) {
            pos = plainEnd(pos + 2);
        }
        return byteAt(pos) == '"' ? pos : DECLINED;
    }

    private static boolean isShortEscape(byte second) {
        return switch (second) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
            default -> false;
        };
    }

    /** Index of the first quote, backslash or control character from {@code from} on, or of bytes that are not UTF-8. */
    private int plainEnd(int from) {
        int pos = Words.plainEnd(value, from, limit, unchecked);
        if (byteAt(pos) < 0 && Utf8.isValid(value, from, limit)) {
            unchecked = 0;
            pos = Words.plainEnd(value, pos, limit, unchecked);
        }
        return pos;
    }

    private int skipWhiteSpace(int from) {
        return Scalars.whiteSpaceEnd(value, from, limit);
    }

    private byte byteAt(int index) {
        return Scalars.byteAt(value, index, limit);
    }
}
