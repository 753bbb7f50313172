package io.gatehouse.lab.generate;

/** What a record's key is. */
public enum KeyChoice {
    /** The user: all logins of a user lie in one partition, in order. */
    USER,
    /** A random UUID, as the reference producer sends. */
    RANDOM
}
