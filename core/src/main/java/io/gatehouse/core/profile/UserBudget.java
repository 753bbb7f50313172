package io.gatehouse.core.profile;

import java.util.concurrent.atomic.AtomicLong;

/** How many users an instance may remember, shared by all its partitions. Safe for any number of threads. */
public final class UserBudget {
    private final long maxUsers;
    private final AtomicLong users = new AtomicLong();
    private final AtomicLong evicted = new AtomicLong();

    /** @param maxUsers at least 1 */
    public UserBudget(long maxUsers) {
        if (maxUsers < 1) {
            throw new IllegalArgumentException("maxUsers is " + maxUsers + ", at least 1 is needed");
        }
        this.maxUsers = maxUsers;
    }

    public long users() {
        return users.get();
    }

    /** How many users were forgotten, not seen for longest, because there was no room for more. */
    public long evicted() {
        return evicted.get();
    }

    public long maxUsers() {
        return maxUsers;
    }

    boolean isExceeded() {
        return users.get() > maxUsers;
    }

    void countEvicted() {
        evicted.incrementAndGet();
    }

    void add(long count) {
        users.addAndGet(count);
    }
}
