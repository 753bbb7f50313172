package io.gatehouse.core.profile;

import io.gatehouse.core.login.Login;
import io.gatehouse.core.login.Verdict;
import java.nio.ByteBuffer;

/** What a partition's users are remembered by, and what a login means in the light of it. Single-threaded. */
public final class Profile implements AutoCloseable {
    /**
     * A user is forgotten after this many times the retention: one is the contract's, the other lets a login that is late
     * by as much as the retention still be told what it would have been told in time.
     */
    private static final int RETENTIONS_KEPT = 2;

    private final ActiveSessions active;
    private final UserTable users;
    private final Fold fold;
    private final long keepMs;
    private final UserKey[] keys;
    private final int[] guesses;
    private final Fingerprints fingerprints = new Fingerprints();
    private final long[] devices;
    private final long[] logins;
    private final Memory memory = new Memory();
    /** Written only so that reading ahead is not optimised away. */
    private int touched;

    private boolean closed;

    /**
     * @param gapMs silence that ends a session, milliseconds
     * @param retentionMs silence after which a user counts as new, milliseconds
     * @param seed random, and nobody else's: so that nobody can choose users who collide
     * @param maxBatch how many logins are judged together at most
     */
    public Profile(long gapMs, long retentionMs, UserBudget budget, long seed, int maxBatch) {
        this.active = new ActiveSessions(gapMs);
        this.users = new UserTable(budget, active, seed);
        this.fold = new Fold(gapMs, retentionMs);
        this.keepMs = retentionMs > Long.MAX_VALUE / RETENTIONS_KEPT ? Long.MAX_VALUE : RETENTIONS_KEPT * retentionMs;
        this.keys = new UserKey[maxBatch];
        this.guesses = new int[maxBatch];
        this.devices = new long[maxBatch];
        this.logins = new long[maxBatch];
        for (int i = 0; i < maxBatch; i++) {
            keys[i] = new UserKey();
        }
    }

    /**
     * Takes the users of a batch: afterwards, {@link #judge} may be called once for each accepted login. Walks through
     * their memories in short loops, so that the waits for main memory overlap instead of adding up; so do hashes here.
     *
     * @param count how many of the logins are in the batch; those refused are passed over
     */
    public void prepare(Login[] batch, int count) {
        for (int i = 0; i < count; i++) {
            Login login = batch[i];
            if (login.reason() == null) {
                users.setKey(
                        keys[i],
                        login.userId().bytes(),
                        login.userId().from(),
                        login.userId().to());
            }
        }
        for (int i = 0; i < count; i++) {
            guesses[i] = batch[i].reason() == null ? users.guess(keys[i]) : UserTable.NONE;
        }
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += users.touch(guesses[i]);
        }
        touched = sum;
        for (int i = 0; i < count; i++) {
            Login login = batch[i];
            if (login.reason() == null) {
                devices[i] = Fingerprints.ofDevice(login);
                logins[i] = fingerprints.ofLogin(login, devices[i]);
            }
        }
    }

    /**
     * Judges one login of the batch by what is remembered of its user, and remembers it.
     *
     * @param index the login's place in the batch
     * @param nowSeconds processing time, seconds since 1970
     */
    public void judge(int index, Login login, int nowSeconds, Verdict verdict) {
        UserKey key = keys[index];
        int ref = users.find(key);
        if (ref == UserTable.NONE) {
            memory.clear();
        } else {
            users.read(ref, memory);
        }
        if (fold.apply(login, devices[index], logins[index], memory, verdict)) {
            users.store(key, ref, memory, nowSeconds);
        }
    }

    /** Hands over the images of all users changed or forgotten since the last call. */
    public void drainChanges(ImageSink sink) {
        users.drainChanges(sink);
    }

    /** Begins a round of the sweep. */
    public void beginSweep() {
        users.beginSweep();
    }

    /**
     * Goes on with the round until about {@code maxBytes} are handed over or it ends; users whom nothing was heard of for
     * twice the retention before the partition's event time are forgotten. Changes not drained yet are drained.
     *
     * @return whether the round is over
     */
    public boolean sweep(int maxBytes, long eventTimeMs, ImageSink sink) {
        return users.sweep(maxBytes, eventTimeMs < 0 ? Long.MIN_VALUE : eventTimeMs - keepMs, sink);
    }

    /** @throws IllegalArgumentException when the bytes are no image */
    public void restore(ByteBuffer image) {
        users.restore(image);
    }

    /** Takes over the partition's event time, which users forgotten since may have set. */
    public void restoreEventTime(long eventTimeMs) {
        active.advance(eventTimeMs);
    }

    public int users() {
        return users.users();
    }

    /** Bytes that all users' images together take. */
    public long imageBytes() {
        return users.imageBytes();
    }

    /** Users whose session is open at the partition's event time; any thread may ask. */
    public long activeSessions() {
        return active.open();
    }

    /** Gives the users back to the budget. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            users.close();
        }
    }
}
