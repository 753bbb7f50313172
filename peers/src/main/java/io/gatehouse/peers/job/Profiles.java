package io.gatehouse.peers.job;

/** Where what is remembered of users lies, as each engine keeps it. */
public interface Profiles {
    /** The profile of a login's user, which is the caller's to change and to {@link #put}; null when there is none. */
    UserProfile get(Login login);

    /** Keeps the profile of a login's user. */
    void put(Login login, UserProfile profile);
}
