package io.gatehouse.core.login;

/** Turns a record's value into a login, or into the first fault found. Not thread-safe: one for each judge. */
public final class Decoder {
    private final int maxEventBytes;
    private final FastScanner scanner;
    private final StrictDecoder strict;
    private final Members members = new Members();

    /**
     * @param maxEventBytes the largest value that is looked into; larger ones are {@link Reason#TOO_LARGE}
     * @param fieldNames what the producer calls the fields
     */
    public Decoder(int maxEventBytes, FieldNames fieldNames) {
        KnownNames names = new KnownNames(fieldNames);
        this.maxEventBytes = maxEventBytes;
        this.scanner = new FastScanner(names);
        this.strict = new StrictDecoder(names);
    }

    /**
     * Decodes the value that a login has taken; null counts as empty. Never throws, whatever the bytes are.
     *
     * @param recordTimestampMs the record's own Kafka timestamp, epoch milliseconds; negative when it has none
     */
    public void decode(Login login, long recordTimestampMs) {
        Reason reason = faultOfTheWhole(login.value, login.from, login.to);
        if (reason != null) {
            login.refuse(reason, null);
            return;
        }
        login.begin(members.unescaped(), members.open(), members.end());
        Validator.validate(members, recordTimestampMs, login);
    }

    /** Null when there is none, and then the members are filled. */
    private Reason faultOfTheWhole(byte[] value, int from, int to) {
        if (from == to) {
            return Reason.EMPTY_VALUE;
        }
        if (to - from > maxEventBytes) {
            return Reason.TOO_LARGE;
        }
        return scanner.scan(value, from, to, members) ? null : strict.decode(value, from, to, members);
    }
}
