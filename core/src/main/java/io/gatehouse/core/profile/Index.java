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
        int mask = slots.length - 1;
        for (int slot = tag & mask; ; slot = slot + 1 & mask) {
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
        int mask = slots.length - 1;
        for (int slot = tag & mask; ; slot = slot + 1 & mask) {
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
        int mask = slots.length - 1;
        int hole = emptied;
        for (int slot = hole + 1 & mask; slots[slot] != 0; slot = slot + 1 & mask) {
            int home = (int) (slots[slot] >>> 32) & mask;
            // It may move unless its home lies between the hole (exclusive) and where it stands.
            if ((slot - home & mask) >= (slot - hole & mask)) {
                slots[hole] = slots[slot];
                hand.onMove(shard, hole);
                hole = slot;
            }
        }
        slots[hole] = 0;
        sizes[shard]--;
        size--;
    }

    private void grow(int shard) {
        long[] old = shards[shard];
        if (old == null) {
            shards[shard] = new long[FIRST_SLOTS];
            slotCount += FIRST_SLOTS;
            return;
        }
        if (old.length == MAX_SLOTS) {
            throw new IllegalStateException("the user index is full");
        }
        long[] slots = new long[2 * old.length];
        for (long entry : old) {
            if (entry != 0) {
                put(slots, entry);
            }
        }
        shards[shard] = slots;
        slotCount += old.length;
        hand.onGrowth(shard);
    }

    private static void put(long[] slots, long entry) {
        int mask = slots.length - 1;
        int slot = (int) (entry >>> 32) & mask;
        while (slots[slot] != 0) {
            slot = slot + 1 & mask;
        }
        slots[slot] = entry;
    }

    private static int slotOf(long[] slots, long entry) {
        int mask = slots.length - 1;
        int slot = (int) (entry >>> 32) & mask;
        while (slots[slot] != entry) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static int shardOf(long hash) {
        return (int) (hash >>> 56);
    }

    private static long entry(int tag, int ref) {
        return (long) tag << 32 | ref & 0xFFFF_FFFFL;
    }
}
