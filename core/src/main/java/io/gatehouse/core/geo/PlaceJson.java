package io.gatehouse.core.geo;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Renders places as the contract's {@code geo} objects, one behind another in one array. */
final class PlaceJson {
    /** Half of what an array can hold: room to grow without overflow. */
    private static final int MOST_BYTES = 1 << 30;

    private final int[] starts;
    private int places;
    private byte[] bytes = new byte[1 << 12];
    private int length;
    private byte[] opening;

    PlaceJson(int places) {
        starts = new int[places + 1];
    }

    /** Sets what the places that follow have in common; unknown parts are null. */
    void inRegion(String continent, String country, String region) {
        opening = ("{\"continent\":" + quoted(continent) + ",\"country\":" + quoted(country) + ",\"region\":"
                        + quoted(region) + ",\"city\":")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Adds a place; unknown parts are null.
     *
     * @param latitude in ten-thousandths of a degree
     * @param longitude in ten-thousandths of a degree
     * @param radiusKm 0 when unknown
     */
    void add(String city, Integer latitude, Integer longitude, int radiusKm) {
        append(opening);
        append(quoted(city).getBytes(StandardCharsets.UTF_8));
        StringBuilder rest = new StringBuilder(80);
        appendDegrees(rest.append(",\"latitude\":"), latitude);
        appendDegrees(rest.append(",\"longitude\":"), longitude);
        rest.append(",\"accuracy_radius_km\":");
        if (radiusKm == 0) {
            rest.append("null");
        } else {
            rest.append(radiusKm);
        }
        append(rest.append('}').toString().getBytes(StandardCharsets.UTF_8));
        starts[++places] = length;
    }

    int[] starts() {
        return starts;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void append(byte[] more) {
        if (more.length > MOST_BYTES - length) {
            throw new GeoTableException("the geo table's places take more than 1 GiB of JSON");
        }
        if (length + more.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more.length, bytes.length + (bytes.length >> 1)));
        }
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    /**
     * With one to four decimals: 45.0, 0.5, -27.4767. Always one, because a store that infers types from the first value
     * it sees would take 45 for a field of whole numbers, and cut the fractions of all that follow.
     */
    private static void appendDegrees(StringBuilder to, Integer tenThousandths) {
        if (tenThousandths == null) {
            to.append("null");
            return;
        }
        int size = Math.abs(tenThousandths);
        if (tenThousandths < 0) {
            to.append('-');
        }
        to.append(size / TableFormat.DEGREE);
        to.append('.');
        int fraction = size % TableFormat.DEGREE;
        int digit = TableFormat.DEGREE / 10;
        do {
            to.append((char) ('0' + fraction / digit));
            fraction %= digit;
            digit /= 10;
        } while (fraction > 0);
    }

    private static String quoted(String text) {
        if (text == null) {
            return "null";
        }
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
