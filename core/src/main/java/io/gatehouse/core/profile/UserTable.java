package io.gatehouse.core.profile;

import java.nio.ByteBuffer;

/**
 * What is remembered of the users of one partition: an index over records that are their own journal images, the list of
 * those changed since the journal last took them, and the sweep's hand. It knows nothing of sessions and devices.
 *
 * <p>A record that has changed and is then moved or forgotten leaves its block unused until the next drain: so a
 * reference in the list of changes always means the record it was put there for, and of two images of one user the later
 * one is handed over later.
 */
final class UserTable {
    /** {@link #find} of a user who is not known. */
    static final int NONE = 0;

    /** How many users are looked at to find one not seen for long: as good as exact order needs, at a fixed cost. */
    private static final int SAMPLE = 16;
    /** How many users may make room for one: more only when the budget was overdrawn, by a restore or a neighbour. */
    private static final int MAX_EVICTIONS = 4;
    /** Users looked at in a loop of its own, so that the waits for main memory overlap. */
    private static final int SEEN_TOGETHER = 64;
    /** Slabs that a drain empties at most: some hundred users to move for each. */
    private static final int MOST_EMPTIED = 4;
    /** What looking at a user costs the sweep of its allowance, so that a call ends even if it finds nothing to do. */
    private static final int LOOK_BYTES = 8;
    /** What the cache holds together. Most users' records lie in two or three lines. */
    private static final int LINE_BYTES = 64;

    private final UserBudget budget;
    private final ActiveSessions active;
    private final ClosedSessions closed;
    private final long seed;
    private final Slabs slabs = new Slabs();
    private final SweepHand hand = new SweepHand();
    /** Where the search for sessions that are over has got to. What moves behind it is found on the next way round. */
    private final SweepHand closing = new SweepHand();

    private final Index index = new Index(slabs, hand);
    private final ChangeList changes = new ChangeList();
    private final UserKey found = new UserKey();
    private final int[] sample = new int[SAMPLE];
    private final int[] seen = new int[SEEN_TOGETHER];
    private final long[] lastsMs = new long[SEEN_TOGETHER];
    private final byte[] restored = new byte[Image.MAX_BYTES];
    private long random;
    private boolean parity;
    private int pendingForgotten;
    private long imageBytes;
    /** Users with a session that is to be published as it stands. */
    private int unpublished;
    /** Written only so that reading ahead is not optimised away. */
    private int touched;

    private final Memory session = new Memory();

    /**
     * @param closed receives the sessions of users who are forgotten, and of those whose silence ends them
     * @param seed what keys are hashed and samples drawn with
     */
    UserTable(UserBudget budget, ActiveSessions active, ClosedSessions closed, long seed) {
        this.closed = closed;
        this.budget = budget;
        this.active = active;
        this.seed = seed;
        this.random = seed == 0 ? 1 : seed;
    }

    int users() {
        return index.size();
    }

    /** How many users have a session that is to be published as it stands, now or when it is over. */
    int unpublished() {
        return unpublished;
    }

    /** How many places {@link #close} has to look at to see all users. */
    long slots() {
        return index.slots();
    }

    /** Memory that users' records take up, what is unused of it included; the index aside. */
    long recordBytes() {
        return slabs.bytes();
    }

    /** Length of all users' images together. */
    long imageBytes() {
        return imageBytes;
    }

    void setKey(UserKey key, byte[] userId, int from, int to) {
        key.set(userId, from, to, seed);
    }

    /** The record that a key's user most likely has; only for touching memory early. */
    int guess(UserKey key) {
        return index.guess(key.hash());
    }

    /** Reads from a record what brings it into the cache; the value means nothing. */
    int touch(int ref) {
        if (ref == NONE) {
            return 0;
        }
        byte[] slab = slabs.slab(ref);
        int at = Slabs.at(ref);
        int last = slab.length - 1;
        return slab[at] + slab[Math.min(at + LINE_BYTES, last)] + slab[Math.min(at + 2 * LINE_BYTES, last)];
    }

    /** The reference of a user's record, good until the next change of the table; {@link #NONE} when there is none. */
    int find(UserKey key) {
        return index.find(key);
    }

    void read(int ref, Memory into) {
        Image.read(slabs.slab(ref), Slabs.at(ref), into);
    }

    /**
     * Writes what is now remembered of a user, who counts as changed. A user not known before may cost others their place.
     *
     * @param ref the user's record, or {@link #NONE}
     */
    void store(UserKey key, int ref, Memory memory, int seenAtSeconds) {
        int target = place(key, ref, Image.liveBytes(memory, key.lengthBytes()));
        boolean listed = target == ref && Image.isChanged(slabs.slab(ref), Slabs.at(ref));
        Image.write(slabs.slab(target), Slabs.at(target), key, memory, seenAtSeconds);
        active.enter(memory.lastMs);
        unpublished += memory.published ? 0 : 1;
        if (!listed) {
            changes.add(target);
        }
        if (ref == NONE) {
            makeRoom(target, true);
        }
    }

    /** Finds room for a user's new image, and makes the index refer to it; the old image is given up. */
    private int place(UserKey key, int ref, int lengthBytes) {
        imageBytes += lengthBytes;
        int units = Slabs.units(lengthBytes);
        if (ref == NONE) {
            int fresh = slabs.allocate(units);
            index.insert(key.hash(), fresh);
            budget.add(1);
            return fresh;
        }
        byte[] slab = slabs.slab(ref);
        int at = Slabs.at(ref);
        int oldBytes = Image.lengthBytes(slab, at);
        imageBytes -= oldBytes;
        leave(slab, at);
        if (Slabs.units(oldBytes) == units) {
            return ref;
        }
        int moved = slabs.allocate(units);
        index.move(key.hash(), ref, moved);
        release(ref, Slabs.units(oldBytes));
        return moved;
    }

    /** A user's image no longer counts. */
    private void leave(byte[] slab, int at) {
        active.leave(Image.lastMs(slab, at));
        unpublished -= Image.isPublished(slab, at) ? 0 : 1;
    }

    private void release(int ref, int units) {
        byte[] slab = slabs.slab(ref);
        int at = Slabs.at(ref);
        if (Image.isChanged(slab, at)) {
            Image.writeFree(slab, at, units, 0);
        } else {
            slabs.free(ref, units);
        }
    }

    /** Forgets a user: out of the index, and told to the journal with the next drain. */
    private void forget(int ref) {
        byte[] slab = slabs.slab(ref);
        int at = Slabs.at(ref);
        found.read(slab, at, seed);
        remove(found, ref);
        int tombstone = slabs.allocate(Slabs.units(Image.forgottenBytes(found.lengthBytes())));
        Image.writeForgotten(slabs.slab(tombstone), Slabs.at(tombstone), found);
        release(ref, Slabs.units(Image.lengthBytes(slab, at)));
        changes.add(tombstone);
        pendingForgotten++;
    }

    private void remove(UserKey key, int ref) {
        byte[] slab = slabs.slab(ref);
        int at = Slabs.at(ref);
        index.remove(key.hash(), ref);
        imageBytes -= Image.lengthBytes(slab, at);
        leave(slab, at);
        budget.add(-1);
    }

    /**
     * While the instance remembers too many users, forgets the one seen longest ago among a few drawn at random, and
     * closes their session.
     *
     * @param mayClose false during a restore, when a later image may still say that a session was published: then only
     *     users without anything to publish make room, and the rest later
     */
    private void makeRoom(int newcomer, boolean mayClose) {
        for (int i = 0; i < MAX_EVICTIONS && index.size() > 1 && budget.isExceeded(); i++) {
            draw();
            int oldest = NONE;
            int oldestSeen = 0;
            for (int ref : sample) {
                byte[] slab = slabs.slab(ref);
                int at = Slabs.at(ref);
                int seen = Image.seenAtSeconds(slab, at);
                boolean mayGo = ref != newcomer && (mayClose || Image.isPublished(slab, at));
                if (mayGo && (oldest == NONE || Integer.compareUnsigned(seen, oldestSeen) < 0)) {
                    oldest = ref;
                    oldestSeen = seen;
                }
            }
            if (oldest != NONE) {
                publish(oldest);
                forget(oldest);
                budget.countEvicted();
            }
        }
    }

    /**
     * Goes on round the table and closes sessions whose latest login is older than a limit.
     *
     * @param slots how many places are looked at
     * @param mostClosed how many sessions may wait to be handed over before it stops, give or take {@link #SEEN_TOGETHER}
     */
    void close(int slots, int mostClosed, long endedBeforeMs) {
        for (int left = slots; left > 0 && unpublished > 0 && closed.size() < mostClosed; left -= SEEN_TOGETHER) {
            int users = nextUsers(Math.min(left, SEEN_TOGETHER));
            for (int i = 0; i < users; i++) {
                lastsMs[i] = Image.lastMs(slabs.slab(seen[i]), Slabs.at(seen[i]));
            }
            for (int i = 0; i < users; i++) {
                if (lastsMs[i] < endedBeforeMs) {
                    publish(seen[i]);
                }
            }
        }
    }

    /** Fills {@link #seen} with the users at the next places, and returns how many there are. */
    private int nextUsers(int slots) {
        int users = 0;
        for (int i = 0; i < slots; i++) {
            while (closing.isDone() || closing.slot() >= index.slots(closing.shard())) {
                if (closing.isDone()) {
                    closing.begin();
                } else {
                    closing.nextShard();
                }
            }
            int ref = index.refAt(closing.shard(), closing.slot());
            closing.nextSlot();
            if (ref != NONE) {
                seen[users++] = ref;
            }
        }
        return users;
    }

    /** Closes a user's session if there is something to publish of it. */
    private void publish(int ref) {
        byte[] slab = slabs.slab(ref);
        int at = Slabs.at(ref);
        if (Image.isPublished(slab, at)) {
            return;
        }
        found.read(slab, at, seed);
        Image.read(slab, at, session);
        closed.close(found, session);
        Image.setPublished(slab, at, session);
        unpublished--;
        if (!Image.isChanged(slab, at)) {
            Image.mark(slab, at, true, Image.parity(slab, at));
            changes.add(ref);
        }
    }

    /** Fills the sample; in a pass of its own, so that reading the users then waits for memory once and not each time. */
    private void draw() {
        for (int i = 0; i < SAMPLE; i++) {
            random ^= random << 13;
            random ^= random >>> 7;
            random ^= random << 17;
            sample[i] = nextFrom((int) (random >>> 56), (int) random);
        }
    }

    /** The first record at or after a place in the index; there is at least one. */
    private int nextFrom(int firstShard, int position) {
        for (int i = 0; ; i++) {
            int shard = firstShard + i & Index.SHARDS - 1;
            int slots = index.slots(shard);
            int first = i == 0 && slots > 0 ? Integer.remainderUnsigned(position, slots) : 0;
            for (int slot = first; slot < slots; slot++) {
                int ref = index.refAt(shard, slot);
                if (ref != NONE) {
                    return ref;
                }
            }
        }
    }

    /** Hands over everything changed since the last call; it counts as journaled in the sweep's round. */
    void drainChanges(ImageSink sink) {
        for (int from = 0; from < changes.size(); from += SEEN_TOGETHER) {
            int to = Math.min(from + SEEN_TOGETHER, changes.size());
            int sum = 0;
            for (int i = from; i < to; i++) {
                sum += touch(changes.ref(i));
            }
            touched = sum;
            for (int i = from; i < to; i++) {
                drain(changes.ref(i), sink);
            }
        }
        changes.clear();
        pendingForgotten = 0;
        compact();
    }

    /** Moves the users out of slabs that are largely unused. Only while no reference is kept but in the index. */
    private void compact() {
        for (int i = 0; i < MOST_EMPTIED; i++) {
            int number = slabs.withdrawSparse();
            if (number == Slabs.NONE) {
                return;
            }
            for (int ref = slabs.first(number); ref != NONE; ref = slabs.next(ref)) {
                byte[] slab = slabs.slab(ref);
                int at = Slabs.at(ref);
                if (Image.kind(slab, at) == Image.LIVE) {
                    move(ref, slab, at);
                }
            }
            slabs.drop(number);
        }
    }

    private void move(int ref, byte[] slab, int at) {
        int lengthBytes = Image.lengthBytes(slab, at);
        int moved = slabs.allocate(Slabs.units(lengthBytes));
        System.arraycopy(slab, at, slabs.slab(moved), Slabs.at(moved), lengthBytes);
        found.read(slab, at, seed);
        index.move(found.hash(), ref, moved);
    }

    private void drain(int ref, ImageSink sink) {
        byte[] slab = slabs.slab(ref);
        int at = Slabs.at(ref);
        int kind = Image.kind(slab, at);
        if (kind == Image.FREE) {
            slabs.free(ref, Image.freeUnits(slab, at));
            return;
        }
        Image.mark(slab, at, false, parity);
        int lengthBytes = Image.lengthBytes(slab, at);
        sink.accept(slab, at, lengthBytes);
        if (kind == Image.FORGOTTEN) {
            slabs.free(ref, Slabs.units(lengthBytes));
        }
    }

    void beginSweep() {
        parity = !parity;
        hand.begin();
    }

    /**
     * Goes on with the round: hands over images of users not journaled since it began, and forgets users whose last login
     * is older than a limit, but for those with a session to be published: it will be by the next round. Ends with a drain,
     * so that nobody changed can be missing from what the round wrote.
     *
     * @return whether the round is over
     */
    boolean sweep(int maxBytes, long forgetBeforeMs, ImageSink sink) {
        long spent = 0;
        while (!hand.isDone() && spent < maxBytes) {
            if (hand.slot() >= index.slots(hand.shard())) {
                hand.nextShard();
                continue;
            }
            if (hand.slot() % SEEN_TOGETHER == 0) {
                touchNext(hand.shard(), hand.slot());
            }
            int ref = index.refAt(hand.shard(), hand.slot());
            if (ref == NONE) {
                hand.nextSlot();
            } else if (isToForget(slabs.slab(ref), Slabs.at(ref), forgetBeforeMs)) {
                // Not a step on: another entry may have moved into this slot.
                forget(ref);
                spent += LOOK_BYTES;
            } else {
                spent += sweepUser(ref, sink);
                hand.nextSlot();
            }
        }
        drainChanges(sink);
        return hand.isDone();
    }

    /** Reads the records that a shard's next slots refer to. */
    private void touchNext(int shard, int first) {
        int end = Math.min(first + SEEN_TOGETHER, index.slots(shard));
        int sum = 0;
        for (int slot = first; slot < end; slot++) {
            sum += touch(index.refAt(shard, slot));
        }
        touched = sum;
    }

    private static boolean isToForget(byte[] slab, int at, long forgetBeforeMs) {
        return Image.lastMs(slab, at) < forgetBeforeMs && Image.isPublished(slab, at);
    }

    private int sweepUser(int ref, ImageSink sink) {
        byte[] slab = slabs.slab(ref);
        int at = Slabs.at(ref);
        if (Image.isChanged(slab, at) || Image.parity(slab, at) == parity) {
            return LOOK_BYTES;
        }
        Image.mark(slab, at, false, parity);
        int lengthBytes = Image.lengthBytes(slab, at);
        sink.accept(slab, at, lengthBytes);
        return lengthBytes;
    }

    /**
     * Takes over an image, which counts as journaled.
     *
     * @param version of its format
     * @param publishing whether sessions are published; otherwise there is nothing to publish of this one as it stands
     * @throws IllegalArgumentException when the bytes are no image of that version; nothing has changed then
     */
    void restore(ByteBuffer image, int version, boolean publishing) {
        int lengthBytes = Image.take(image, version, restored);
        found.read(restored, 0, seed);
        int ref = index.find(found);
        if (Image.kind(restored, 0) == Image.LIVE) {
            if (!publishing) {
                Image.withdraw(restored, 0);
            }
            restoreUser(ref, lengthBytes);
        } else if (ref != NONE) {
            remove(found, ref);
            release(ref, Slabs.units(Image.lengthBytes(slabs.slab(ref), Slabs.at(ref))));
        }
    }

    private void restoreUser(int ref, int lengthBytes) {
        boolean listed = ref != NONE && Image.isChanged(slabs.slab(ref), Slabs.at(ref));
        int target = place(found, ref, lengthBytes);
        System.arraycopy(restored, 0, slabs.slab(target), Slabs.at(target), lengthBytes);
        active.enter(Image.lastMs(restored, 0));
        unpublished += Image.isPublished(restored, 0) ? 0 : 1;
        // A user who made room for others during this restore and comes up again must be told after it was forgotten.
        boolean changed = pendingForgotten > 0 || listed;
        Image.mark(slabs.slab(target), Slabs.at(target), changed, parity);
        if (changed && !(listed && target == ref)) {
            changes.add(target);
        }
        if (ref == NONE) {
            makeRoom(target, false);
        }
    }

    /** Gives the users back to the budget. The table must not be used again. */
    void close() {
        budget.add(-index.size());
    }
}
