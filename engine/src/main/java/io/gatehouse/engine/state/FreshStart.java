package io.gatehouse.engine.state;

import java.util.Arrays;

/**
 * A record of the state topic that makes void all that its partition holds before it: memory begins anew with the blocks
 * that follow in the same transaction. It counts as long as it stands there; what it has made void is deleted after it
 * was written, as far as that succeeds. A Gatehouse that does not know it takes it for damage, and refuses.
 *
 * <pre>
 *  0  3  magic "GHF"
 *  3  1  format version
 * </pre>
 */
public final class FreshStart {
    private static final byte[] BYTES = {'G', 'H', 'F', 1};

    private FreshStart() {}

    /** The record's value. */
    public static byte[] record() {
        return BYTES.clone();
    }

    /** Whether a record of the state topic is one. */
    public static boolean is(byte[] value) {
        return Arrays.equals(value, BYTES);
    }
}
