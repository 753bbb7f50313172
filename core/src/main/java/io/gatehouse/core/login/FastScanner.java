package io.gatehouse.core.login;

import java.util.Arrays;

/**
 * Reads the ordinary event in one walk over its bytes, allocating nothing: one flat object, valid UTF-8, no escapes in
 * names or in fields that Gatehouse reads. It never refuses: what it is not sure of it declines, and the
 * {@link StrictDecoder} decides. What it accepts, the strict decoder accepts too, with the same values.
 *
 * <p>What stands between the values is compared with what stood there in events before; only what is new is read name by
 * name. The outcome is the same.
 *
 * <p>Methods that walk return the index after what they have passed, or {@link #DECLINED}.
 */
final class FastScanner {
    /** Names that are not ours are compared each with each, so they must be few; events with more go the strict way. */
    static final int MAX_UNKNOWN_NAMES = 16;

    private static final int DECLINED = Scalars.NONE;

    /** What all producers together may put before their values; when there is more, all is learned anew. */
    private static final int MAX_LEADS = 64;

    private final KnownNames names;
    /** Leads to no value: the first member's lead follows it. */
    private final Lead start = new Lead();

    private final Lead[] leads = new Lead[MAX_LEADS];
    private int knownLeads;
    /** What was read by name last. */
    private final Lead found = new Lead();

    private final int[] unknownFrom = new int[MAX_UNKNOWN_NAMES];
    private final int[] unknownTo = new int[MAX_UNKNOWN_NAMES];
    private int unknownNames;

    /** The top bits at which a string is interrupted: all until the value is known to be valid UTF-8, then none. */
    private long unchecked;

    FastScanner(KnownNames names) {
        this.names = names;
        Arrays.setAll(leads, i -> new Lead());
    }

    /**
     * Reads the event that lies between two indexes.
     *
     * @return false when it is declined, and then nothing in {@code into} is valid
     */
    boolean scan(byte[] value, int from, int limit, Members into) {
        into.clear();
        unknownNames = 0;
        unchecked = Words.TOP_BITS;
        into.setOpen(Scalars.whiteSpaceEnd(value, from, limit));
        int pos = from;
        for (Lead lead = next(start, value, pos, limit); lead != null; lead = next(lead, value, pos, limit)) {
            pos = member(lead, value, pos, limit, into);
            if (pos == DECLINED) {
                return false;
            }
            into.setEnd(pos);
            int close = Scalars.whiteSpaceEnd(value, pos, limit);
            if (Scalars.byteAt(value, close, limit) == '}') {
                return Scalars.whiteSpaceEnd(value, close + 1, limit) == limit;
            }
        }
        return false;
    }

    /** The lead that stands at {@code pos}; null when there is none, or one that is not ordinary. */
    private Lead next(Lead lead, byte[] value, int pos, int limit) {
        Lead known = lead.next(value, pos, limit);
        return known == null ? read(lead, value, pos, limit) : known;
    }

    private Lead read(Lead before, byte[] value, int pos, int limit) {
        int mark = Scalars.whiteSpaceEnd(value, pos, limit);
        int quote = Scalars.whiteSpaceEnd(value, mark + 1, limit);
        if (Scalars.byteAt(value, mark, limit) != (before == start ? '{' : ',')
                || Scalars.byteAt(value, quote, limit) != '"') {
            return null;
        }
        int nameFrom = quote + 1;
        int nameTo = closingQuote(value, nameFrom, limit);
        if (nameTo == DECLINED) {
            return null;
        }
        int colon = Scalars.whiteSpaceEnd(value, nameTo + 1, limit);
        if (Scalars.byteAt(value, colon, limit) != ':' || KnownNames.isReserved(value, nameFrom, nameTo)) {
            return null;
        }
        int valueAt = Scalars.whiteSpaceEnd(value, colon + 1, limit);
        found.describe(pos, nameFrom, nameTo, valueAt, names.find(value, nameFrom, nameTo));
        return learn(before, value, pos, limit);
    }

    /** What was found, as one that is known from now on where it can be learned. */
    private Lead learn(Lead before, byte[] value, int pos, int limit) {
        if (before == found) {
            return found;
        }
        Lead lead = known(value, pos, limit);
        if (lead == null) {
            if (knownLeads == MAX_LEADS) {
                forget();
                return found;
            }
            lead = leads[knownLeads];
            if (!lead.learn(found, value, pos, limit)) {
                return found;
            }
            knownLeads++;
        }
        before.follow(lead);
        return lead;
    }

    private Lead known(byte[] value, int pos, int limit) {
        for (int i = 0; i < knownLeads; i++) {
            if (leads[i].is(found, value, pos, limit)) {
                return leads[i];
            }
        }
        return null;
    }

    private void forget() {
        start.forget();
        for (Lead lead : leads) {
            lead.forget();
        }
        knownLeads = 0;
    }

    private int member(Lead lead, byte[] value, int pos, int limit, Members into) {
        int at = Scalars.whiteSpaceEnd(value, lead.valueAt(pos), limit);
        Field field = lead.field();
        if (field != null) {
            Member member = into.of(field);
            return member.isAbsent() ? knownValue(value, at, limit, member) : DECLINED;
        }
        return isNewUnknown(value, lead.nameFrom(pos), lead.nameTo(pos)) ? unknownValue(value, at, limit) : DECLINED;
    }

    private int knownValue(byte[] value, int at, int limit, Member into) {
        return switch (Scalars.byteAt(value, at, limit)) {
            case '"' -> {
                int quote = closingQuote(value, at + 1, limit);
                into.set(Kind.STRING, at + 1, quote);
                yield quote == DECLINED ? DECLINED : quote + 1;
            }
            case 'n' -> {
                into.set(Kind.NULL, 0, 0);
                yield Scalars.literalEnd(value, at, limit);
            }
            case 't', 'f' -> {
                into.set(Kind.OTHER, 0, 0);
                yield Scalars.literalEnd(value, at, limit);
            }
            default -> knownNumber(value, at, limit, into);
        };
    }

    private static int knownNumber(byte[] value, int at, int limit, Member into) {
        int integerEnd = Scalars.integerEnd(value, at, limit);
        if (integerEnd == DECLINED) {
            return DECLINED;
        }
        int end = Scalars.decimalEnd(value, integerEnd, limit);
        into.set(end == integerEnd ? Kind.INTEGER : Kind.DECIMAL, at, end);
        return end;
    }

    private int unknownValue(byte[] value, int at, int limit) {
        return switch (Scalars.byteAt(value, at, limit)) {
            case '"' -> {
                int quote = closingQuotePastEscapes(value, at + 1, limit);
                yield quote == DECLINED ? DECLINED : quote + 1;
            }
            case 'n', 't', 'f' -> Scalars.literalEnd(value, at, limit);
            default -> Scalars.numberEnd(value, at, limit);
        };
    }

    /** Remembers a name that is not ours; false when it must not come here: seen before, or one too many. */
    private boolean isNewUnknown(byte[] value, int from, int to) {
        if (unknownNames == MAX_UNKNOWN_NAMES) {
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
    private int closingQuote(byte[] value, int from, int limit) {
        int pos = plainEnd(value, from, limit);
        return Scalars.byteAt(value, pos, limit) == '"' ? pos : DECLINED;
    }

    /** The same, but passes escapes of two characters. The others may pair up wrongly, so they go the strict way. */
    private int closingQuotePastEscapes(byte[] value, int from, int limit) {
        int pos = plainEnd(value, from, limit);
        while (Scalars.byteAt(value, pos, limit) == '\\' && isShortEscape(Scalars.byteAt(value, pos + 1, limit))) {
            pos = plainEnd(value, pos + 2, limit);
        }
        return Scalars.byteAt(value, pos, limit) == '"' ? pos : DECLINED;
    }

    private static boolean isShortEscape(byte second) {
        return switch (second) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
            default -> false;
        };
    }

    /** Index of the first quote, backslash or control character from {@code from} on, or of bytes that are not UTF-8. */
    private int plainEnd(byte[] value, int from, int limit) {
        int pos = Words.plainEnd(value, from, limit, unchecked);
        if (Scalars.byteAt(value, pos, limit) < 0 && Utf8.isValid(value, from, limit)) {
            unchecked = 0;
            pos = Words.plainEnd(value, pos, limit, unchecked);
        }
        return pos;
    }
}
