package io.gatehouse.core.profile;

/**
 * Finds a user's record by key: open addressing with linear probing, one long a user.
 *
 * <pre>
 * an entry: bits 32-63 the low half of the hash, bits 0-31 the record's reference; 0 is an empty slot
 * </pre>
 *
 * The highest byte of the hash chooses one of 256 shards, which are made when needed and grow each by itself: no growth
 * ever moves more than a 256th of the users. An entry's own half of the hash says where it belongs, so growing and
 * removing read no records.
 */
final class Index {
    static final int SHARDS = 256;

    private static final int FIRST_SLOTS = 16;
    /** A slot takes 32 bits of the hash at most. */
    private static final int MAX_SLOTS = 1 << 30;

    private final long[][] shards = new long[SHARDS][];
    private final int[] sizes = new int[SHARDS];
    private final Slabs slabs;
    private final SweepHand hand;
    private int size;
    private long slotCount;

    Index(Slabs slabs, SweepHand hand) {
        this.slabs = slabs;
        this.hand = hand;
    }

    int size() {
        return size;
    }

    /** How many slots all shards have. */
    long slots() {
        return slotCount;
    }

    /** How many slots a shard has; 0 when it was not needed yet. */
    int slots(int shard) {
        return shards[shard] == null ? 0 : shards[shard].length;
    }

    /** The record that a slot refers to, or 0. */
    int refAt(int shard, int slot) {
        return (int) shards[shard][slot];
    }

    /** The record of a key, or 0. */
    int find(UserKey key) {
        long hash = key.hash();
        long[] slots = shards[shardOf(hash)];
        if (slots == null) {
            return 0;
        }
        int tag = (int) hash;
        for (int slot = home(tag, slots); ; slot = after(slot, slots)) {
            long entry = slots[slot];
            if (entry == 0) {
                return 0;
            }
            int ref = (int) entry;
            if ((int) (entry >>> 32) == tag && key.isKeyOf(slabs.slab(ref), Slabs.at(ref))) {
                return ref;
            }
        }
    }

    /** The record that a hash most likely belongs to, or 0, without looking into records. */
    int guess(long hash) {
        long[] slots = shards[shardOf(hash)];
        if (slots == null) {
            return 0;
        }
        int tag = (int) hash;
        for (int slot = home(tag, slots); ; slot = after(slot, slots)) {
            long entry = slots[slot];
            if (entry == 0 || (int) (entry >>> 32) == tag) {
                return (int) entry;
            }
        }
    }

    /** Adds a record whose key is not in the index. */
    void insert(long hash, int ref) {
        int shard = shardOf(hash);
        int slots = slots(shard);
        if (sizes[shard] >= slots - (slots >> 2)) {
            grow(shard);
        }
        put(shards[shard], entry((int) hash, ref));
        sizes[shard]++;
        size++;
    }

    /** Lets a key's entry refer to another record. */
    void move(long hash, int oldRef, int newRef) {
        long[] slots = shards[shardOf(hash)];
        int tag = (int) hash;
        slots[slotOf(slots, entry(tag, oldRef))] = entry(tag, newRef);
    }

    void remove(long hash, int ref) {
        int shard = shardOf(hash);
        removeAt(shard, slotOf(shards[shard], entry((int) hash, ref)));
    }

    /** Empties a slot, and moves back into it what was only pushed past it. */
    private void removeAt(int shard, int emptied) {
        long[] slots = shards[shard];
        int hole = emptied;
        for (int slot = after(hole, slots); slots[slot] != 0; slot = after(slot, slots)) {
            int home = home((int) (slots[slot] >>> 32), slots);
            // It may move unless its home lies between the hole (exclusive) and where it stands.
            if (distance(home, slot, slots) >= distance(hole, slot, slots)) {
                slots[hole] = slots[slot];
                hand.onMove(shard, hole);
                hole = slot;
            }
        }
        slots[hole] = 0;
        sizes[shard]--;
        size--;
    }

    /** Lengths are powers of two and, between each and the next, one and a half times the former. */
    private void grow(int shard) {
        long[] old = shards[shard];
        if (old == null) {
            shards[shard] = new long[FIRST_SLOTS];
            slotCount += FIRST_SLOTS;
            return;
        }
        if (old.length >= MAX_SLOTS) {
            throw new IllegalStateException("the user index is full");
        }
        boolean isPowerOfTwo = Integer.bitCount(old.length) == 1;
        long[] slots = new long[isPowerOfTwo ? old.length / 2 * 3 : old.length / 3 * 4];
        for (long entry : old) {
            if (entry != 0) {
                put(slots, entry);
            }
        }
        shards[shard] = slots;
        slotCount += slots.length - old.length;
        hand.onGrowth(shard);
    }

    private static void put(long[] slots, long entry) {
        int slot = home((int) (entry >>> 32), slots);
        while (slots[slot] != 0) {
            slot = after(slot, slots);
        }
        slots[slot] = entry;
    }

    private static int slotOf(long[] slots, long entry) {
        int slot = home((int) (entry >>> 32), slots);
        while (slots[slot] != entry) {
            slot = after(slot, slots);
        }
        return slot;
    }

    /** Where an entry belongs: its half of the hash, as a fraction of all that there are, of the slots. */
    private static int home(int tag, long[] slots) {
        return (int) ((tag & 0xFFFF_FFFFL) * slots.length >>> 32);
    }

    private static int after(int slot, long[] slots) {
        return slot + 1 == slots.length ? 0 : slot + 1;
    }

    /** How many steps there are from one slot to another. */
    private static int distance(int from, int to, long[] slots) {
        return to >= from ? to - from : to - from + slots.length;
    }

    private static int shardOf(long hash) {
        return (int) (hash >>> 56);
    }

    private static long entry(int tag, int ref) {
        return (long) tag << 32 | ref & 0xFFFF_FFFFL;
    }
}
