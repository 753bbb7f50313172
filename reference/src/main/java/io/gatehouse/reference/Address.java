package io.gatehouse.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An IP address as its octets in network order: 4, or 16. An IPv6 address that maps an IPv4 one is held as the latter,
 * so that both spellings are equal.
 */
record Address(List<Integer> octets) {
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    /** Reads a strict dotted quad or an IPv6 literal without zone id; null when the text is neither. */
    static Address parse(String text) {
        List<Integer> octets = text.contains(":") ? ipv6(text) : quad(text);
        if (octets == null) {
            return null;
        }
        return new Address(mapsIpv4(octets) ? List.copyOf(octets.subList(12, 16)) : octets);
    }

    private static boolean mapsIpv4(List<Integer> octets) {
        return octets.size() == 16
                && octets.subList(0, 10).stream().allMatch(octet -> octet == 0)
                && octets.subList(10, 12).stream().allMatch(octet -> octet == 0xff);
    }

    /** Four decimal parts of 0 to 255 without leading zeros, or null. */
    private static List<Integer> quad(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        List<Integer> octets = new ArrayList<>(4);
        for (String part : parts) {
            if (!OCTET.matcher(part).matches() || Integer.parseInt(part) > 255) {
                return null;
            }
            octets.add(Integer.parseInt(part));
        }
        return octets;
    }

    /** RFC 4291, 2.2: eight groups; "::" once, for one or more groups of zeros; a dotted quad for the last two. */
    private static List<Integer> ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            List<Integer> octets = groups(text, true);
            return octets != null && octets.size() == 16 ? octets : null;
        }
        List<Integer> before = groups(text.substring(0, gap), false);
        List<Integer> after = groups(text.substring(gap + 2), true);
        if (before == null || after == null || before.size() + after.size() > 14) {
            return null;
        }
        List<Integer> octets = new ArrayList<>(before);
        octets.addAll(Collections.nCopies(16 - before.size() - after.size(), 0));
        octets.addAll(after);
        return octets;
    }

    /** The octets of groups parted by single colons, none for the empty text; null when there is anything else. */
    private static List<Integer> groups(String text, boolean lastMayBeQuad) {
        List<Integer> octets = new ArrayList<>(16);
        if (text.isEmpty()) {
            return octets;
        }
        String[] groups = text.split(":", -1);
        for (int i = 0; i < groups.length; i++) {
            if (GROUP.matcher(groups[i]).matches()) {
                int group = Integer.parseInt(groups[i], 16);
                octets.add(group / 256);
                octets.add(group % 256);
            } else if (lastMayBeQuad && i == groups.length - 1 && quad(groups[i]) != null) {
                octets.addAll(quad(groups[i]));
            } else {
                return null;
            }
        }
        return octets;
    }

    byte[] bytes() {
        byte[] bytes = new byte[octets.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = octets.get(i).byteValue();
        }
        return bytes;
    }

    /** Whether the address lies in the block; a block of the other family holds none. */
    boolean isIn(Address block, int prefixBits) {
        if (block.octets.size() != octets.size()) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            int mask = 128 >> (bit % 8);
            if ((octets.get(bit / 8) & mask) != (block.octets.get(bit / 8) & mask)) {
                return false;
            }
        }
        return true;
    }
}
