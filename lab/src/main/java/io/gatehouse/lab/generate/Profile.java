package io.gatehouse.lab.generate;

/** What the traffic is like. */
public enum Profile {
    /** The contract's reference producer: a new user each time, any octets as an address, one app version. */
    REFERENCE,
    /** Users who return from home places with their own devices, upgrade, travel, and whose events come late or twice. */
    REALISTIC
}
