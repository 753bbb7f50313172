package io.gatehouse.core.login;

import static io.gatehouse.core.login.Scalars.byteAt;

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

    private final KnownNames names;
    private final Spelling spelling = new Spelling();
    private final int[] unknownFrom = new int[MAX_UNKNOWN_NAMES];
    private final int[] unknownTo = new int[MAX_UNKNOWN_NAMES];
    private int unknownNames;

    /** The top bits at which a string is interrupted: all until the value is known to be valid UTF-8, then none. */
    private long unchecked;

    FastScanner(KnownNames names) {
        this.names = names;
    }

    /** True when the event was read; false when it was declined, and then nothing in {@code into} is valid. */
    boolean scan(byte[] value, Members into) {
        into.clear();
        unknownNames = 0;
        unchecked = Words.TOP_BITS;
        int open = skipWhiteSpace(value, 0);
        if (byteAt(value, open) != '{') {
            return false;
        }
        int pos = open;
        int ordinal = 0;
        do {
            int end = member(value, skipWhiteSpace(value, pos + 1), ordinal++, into);
            if (end == DECLINED) {
                return false;
            }
            into.setBounds(open, end);
            pos = skipWhiteSpace(value, end);
        } while (byteAt(value, pos) == ',');
        return byteAt(value, pos) == '}' && skipWhiteSpace(value, pos + 1) == value.length;
    }

    private int member(byte[] value, int pos, int ordinal, Members into) {
        if (spelling.isThat(ordinal, value, pos)) {
            Member member = into.of(spelling.field(ordinal));
            // There may be more white space than there was.
            int start = skipWhiteSpace(value, pos + spelling.lengthBytes(ordinal));
            return member.isAbsent() ? knownValue(value, start, member) : DECLINED;
        }
        if (byteAt(value, pos) != '"') {
            return DECLINED;
        }
        int from = pos + 1;
        int to = closingQuote(value, from);
        if (to == DECLINED) {
            return DECLINED;
        }
        int colon = skipWhiteSpace(value, to + 1);
        if (byteAt(value, colon) != ':') {
            return DECLINED;
        }
        int start = skipWhiteSpace(value, colon + 1);
        Field field = names.find(value, from, to);
        if (field == null) {
            return isNewUnknown(value, from, to) ? unknownValue(value, start) : DECLINED;
        }
        spelling.learn(ordinal, value, pos, start, field);
        Member member = into.of(field);
        return member.isAbsent() ? knownValue(value, start, member) : DECLINED;
    }

    private int knownValue(byte[] value, int start, Member into) {
        return switch (byteAt(value, start)) {
            case '"' -> {
                int quote = closingQuote(value, start + 1);
                into.set(Kind.STRING, start + 1, quote);
                yield quote == DECLINED ? DECLINED : quote + 1;
            }
            case 'n' -> {
                into.set(Kind.NULL, 0, 0);
                yield Scalars.literalEnd(value, start);
            }
            case 't', 'f' -> {
                into.set(Kind.OTHER, 0, 0);
                yield Scalars.literalEnd(value, start);
            }
            default -> knownNumber(value, start, into);
        };
    }

    private static int knownNumber(byte[] value, int start, Member into) {
        int integerEnd = Scalars.integerEnd(value, start);
        if (integerEnd == DECLINED) {
            return DECLINED;
        }
        int end = Scalars.decimalEnd(value, integerEnd);
        into.set(end == integerEnd ? Kind.INTEGER : Kind.DECIMAL, start, end);
        return end;
    }

    private int unknownValue(byte[] value, int start) {
        return switch (byteAt(value, start)) {
            case '"' -> {
                int quote = closingQuotePastEscapes(value, start + 1);
                yield quote == DECLINED ? DECLINED : quote + 1;
            }
            case 'n', 't', 'f' -> Scalars.literalEnd(value, start);
            default -> Scalars.numberEnd(value, start);
        };
    }

    /** Remembers a name that is not ours; false when it must not come here: seen before, reserved, or one too many. */
    private boolean isNewUnknown(byte[] value, int from, int to) {
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
    private int closingQuote(byte[] value, int from) {
        int pos = plainEnd(value, from);
        return byteAt(value, pos) == '"' ? pos : DECLINED;
    }

    /** The same, but passes escapes of two characters. The others may pair up wrongly, so they go the strict way. */
    private int closingQuotePastEscapes(byte[] value, int from) {
        int pos = plainEnd(value, from);
        while (byteAt(value, pos) == '\\' && isShortEscape(byteAt(value, pos + 1))) {
            pos = plainEnd(value, pos + 2);
        }
        return byteAt(value, pos) == '"' ? pos : DECLINED;
    }

    private static boolean isShortEscape(byte second) {
        return switch (second) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
            default -> false;
        };
    }

    /** Index of the first quote, backslash or control character from {@code from} on, or of bytes that are not UTF-8. */
    private int plainEnd(byte[] value, int from) {
        int pos = interruption(value, from);
        if (byteAt(value, pos) < 0 && Utf8.isValid(value)) {
            unchecked = 0;
            pos = interruption(value, pos);
        }
        return pos;
    }

    private int interruption(byte[] value, int from) {
        int pos = from;
        for (; pos + Words.BYTES <= value.length; pos += Words.BYTES) {
            long word = Words.at(value, pos);
            long marks =
                    Words.below(word, ' ') | Words.equalTo(word, '"') | Words.equalTo(word, '\\') | word & unchecked;
            if (marks != 0) {
                return pos + Words.first(marks);
            }
        }
        while (pos < value.length && !interrupts(value[pos])) {
            pos++;
        }
        return pos;
    }

    private boolean interrupts(byte b) {
        return b < 0 ? unchecked != 0 : b < ' ' || b == '"' || b == '\\';
    }

    private static int skipWhiteSpace(byte[] value, int from) {
        int pos = from;
        while (pos < value.length && isWhiteSpace(value[pos])) {
            pos++;
        }
        return pos;
    }

    private static boolean isWhiteSpace(byte b) {
        return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
    }
}
