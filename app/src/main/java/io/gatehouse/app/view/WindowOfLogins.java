package io.gatehouse.app.view;

import java.util.List;

/** One window of logins of all partitions together. */
public final class WindowOfLogins {
    private final LoginCounts counts;

    WindowOfLogins(LoginCounts counts) {
        this.counts = counts;
    }

    /** How many there were. */
    public long logins() {
        return counts.get(Total.LOGINS);
    }

    /** How many users they came from, an estimate. */
    public long distinctUsers() {
        return counts.distinctUsers();
    }

    /** By what they are counted, most first; values may be as producers spelled them. */
    public List<Count> ranked(Heading heading) {
        return counts.ranked(heading);
    }
}
