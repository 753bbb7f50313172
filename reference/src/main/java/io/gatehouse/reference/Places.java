package io.gatehouse.reference;

import java.util.Map;

/** Where an address is. */
@FunctionalInterface
public interface Places {
    /**
     * @param address 4 or 16 bytes in network order; IPv4-mapped IPv6 comes as 4 bytes
     * @return the contract's {@code geo} members in their order (values String, Double, Long or null), or null when not
     *     found
     */
    Map<String, Object> find(byte[] address);
}
