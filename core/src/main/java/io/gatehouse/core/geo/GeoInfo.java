package io.gatehouse.core.geo;

/**
 * What a table holds.
 *
 * @param ipv4Ranges ranges of IPv4 addresses, those without a place counted too
 * @param ipv6Ranges ranges of IPv6 networks of 64 bits, those without a place counted too
 * @param places different places
 * @param regions different regions, "none named in this country" being one
 * @param countries different countries, "none named on this continent" being one
 */
public record GeoInfo(
        GeoSource source, GeoLevel level, int ipv4Ranges, int ipv6Ranges, int places, int regions, int countries) {}
