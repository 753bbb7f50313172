package io.gatehouse.core.profile;

/**
 * Where a round of the sweep has got to in the index: everything before it has been looked at. It steps back when
 * something not looked at yet may have come to lie behind it; looking twice does no harm.
 */
final class SweepHand {
    private int shard = Index.SHARDS;
    private int slot;

    void begin() {
        shard = 0;
        slot = 0;
    }

    /** Whether the round is over, or none was begun. */
    boolean isDone() {
        return shard == Index.SHARDS;
    }

    int shard() {
        return shard;
    }

    int slot() {
        return slot;
    }

    void nextSlot() {
        slot++;
    }

    void nextShard() {
        shard++;
        slot = 0;
    }

    /** An entry of a shard moved to a slot. */
    void onMove(int inShard, int toSlot) {
        if (inShard == shard && toSlot < slot) {
            slot = toSlot;
        }
    }

    /** All entries of a shard moved. */
    void onGrowth(int inShard) {
        if (inShard == shard) {
            slot = 0;
        }
    }
}
