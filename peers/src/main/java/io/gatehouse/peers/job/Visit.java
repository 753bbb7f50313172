package io.gatehouse.peers.job;

/**
 * What a login is told of its user.
 *
 * @param knownDevices how many the user has, this one counted
 * @param session null for a login of a session long past
 * @param isRemembered whether the profile has changed
 */
record Visit(
        boolean isNewDevice,
        int knownDevices,
        Change change,
        Session session,
        boolean isLate,
        boolean isDuplicate,
        boolean isRemembered) {

    /** How a login's version differs from the last one of its device. */
    enum Change {
        /** Not told: there is no version, or the login is older than the device's last use. */
        NONE(null),
        FIRST("first"),
        SAME("same"),
        UPGRADE("upgrade"),
        DOWNGRADE("downgrade");

        private final String label;

        Change(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /**
     * The user's session as it is with this login.
     *
     * @param startMs epoch milliseconds
     * @param gapSeconds silence before this login; {@link #NO_GAP} for a user's first
     */
    record Session(boolean isNew, int number, int login, long startMs, long gapSeconds) {
        static final long NO_GAP = -1;
    }
}
