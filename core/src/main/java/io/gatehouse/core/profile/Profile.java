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

    /** Of the format of images. */
    public static final int IMAGE_VERSION = Image.VERSION;

    /** Closed by one call at most, about 1.5 MB: the next call goes on. */
    private static final int MOST_CLOSED = 4096;

    private final ClosedSessions closedSessions = new ClosedSessions();
    private final Silence silence;
    private final ActiveSessions active;
    private final UserTable users;
    private final Fold fold;
    private final boolean publishing;
    private final long keepMs;
    private final UserKey[] keys;
    private final int[] guesses;
    private final Fingerprints fingerprints = new Fingerprints();
    private final long[] devices;
    private final long[] logins;
    private final Memory memory = new Memory();
    private long nowMs;
    /** Written only so that reading ahead is not optimised away. */
    private int touched;

    private boolean closed;

    /**
     * @param gapMs silence that ends a session, milliseconds
     * @param retentionMs silence after which a user counts as new, milliseconds
     * @param latenessMs silence beyond the gap after which a session is published, milliseconds
     * @param publishing whether sessions are published when they close; one that begins while they are not never will be
     * @param seed random, and nobody else's: so that nobody can choose users who collide
     * @param maxBatch how many logins are judged together at most
     */
    public Profile(
            long gapMs,
            long retentionMs,
            long latenessMs,
            boolean publishing,
            UserBudget budget,
            long seed,
            int maxBatch) {
        this.active = new ActiveSessions(gapMs);
        this.silence = new Silence(gapMs + latenessMs);
        this.users = new UserTable(budget, active, closedSessions, seed);
        this.publishing = publishing;
        this.fold = new Fold(gapMs, retentionMs, publishing, closedSessions);
        this.keepMs = retentionMs > Long.MAX_VALUE / RETENTIONS_KEPT ? Long.MAX_VALUE : RETENTIONS_KEPT * retentionMs;
        this.keys = new UserKey[maxBatch];
        this.guesses = new int[maxBatch];
        this.devices = new long[maxBatch];
        this.logins = new long[maxBatch];
        for (int i = 0; i < maxBatch; i++) {
            keys[i] = new UserKey();
        }
    }

    /** Sets the wall clock, epoch milliseconds. */
    public void setNow(long newNowMs) {
        nowMs = newNowMs;
        closedSessions.setNow(newNowMs);
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
     */
    public void judge(int index, Login login, Verdict verdict) {
        silence.heard(nowMs);
        UserKey key = keys[index];
        int ref = users.find(key);
        if (ref == UserTable.NONE) {
            memory.clear();
        } else {
            users.read(ref, memory);
        }
        if (fold.apply(login, key, devices[index], logins[index], memory, verdict)) {
            users.store(key, ref, memory, (int) (nowMs / 1000));
        }
    }

    /**
     * Hands over the sessions that have closed, those that silence has closed by now among them.
     *
     * @return how many of them are handed over for the first time
     */
    public int publish(long eventTimeMs, SessionSink to) {
        long endedBeforeMs = silence.endedBeforeMs(eventTimeMs, nowMs);
        if (users.unpublished() > 0) {
            users.close(silence.slots(nowMs, users.slots()), MOST_CLOSED, endedBeforeMs);
        }
        return closedSessions.handOver(to);
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

    /**
     * @param version of the image's format
     * @throws IllegalArgumentException when the bytes are no image of that version
     */
    public void restore(ByteBuffer image, int version) {
        users.restore(image, version, publishing);
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
