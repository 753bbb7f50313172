package io.gatehouse.core.geo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Renders places as the contract's {@code geo} objects, each in two pieces: what all places of a region begin with, and
 * the rest. So a place takes half the memory, and reading it two lines of the cache instead of three. There are some
 * hundred thousand to render before a start is over, which is why they are by the byte.
 */
final class PlaceJson {
    /** A coordinate that is not known. */
    static final int UNKNOWN = Integer.MIN_VALUE;

    private static final byte[] NULL = "null".getBytes(US_ASCII);
    private static final byte[] LATITUDE = ",\"latitude\":".getBytes(US_ASCII);
    private static final byte[] LONGITUDE = ",\"longitude\":".getBytes(US_ASCII);
    private static final byte[] RADIUS = ",\"accuracy_radius_km\":".getBytes(US_ASCII);

    private final RenderedTexts openings;
    private final RenderedTexts rests;

    PlaceJson(int regions, int places) {
        openings = new RenderedTexts(regions);
        rests = new RenderedTexts(places);
    }

    /** Adds a region, which the places that follow are of; unknown parts are null. */
    void inRegion(String continent, String country, String region) {
        String opening = "{\"continent\":" + quoted(continent) + ",\"country\":" + quoted(country) + ",\"region\":"
                + quoted(region) + ",\"city\":";
        openings.append(opening.getBytes(UTF_8));
        openings.end();
    }

    /**
     * Adds a place.
     *
     * @param city its name, from the beginning of the array; what is no UTF-8 is replaced
     * @param cityBytes 0 when unknown
     * @param latitude in ten-thousandths of a degree, or {@link #UNKNOWN}
     * @param longitude in ten-thousandths of a degree, or {@link #UNKNOWN}
     * @param radiusKm 0 when unknown
     */
    void add(byte[] city, int cityBytes, int latitude, int longitude, int radiusKm) {
        if (cityBytes > 0 && isPlain(city, cityBytes)) {
            rests.append('"');
            rests.append(city, cityBytes);
            rests.append('"');
        } else {
            rests.append(quoted(cityBytes == 0 ? null : new String(city, 0, cityBytes, UTF_8))
                    .getBytes(UTF_8));
        }
        rests.append(LATITUDE);
        appendDegrees(latitude);
        rests.append(LONGITUDE);
        appendDegrees(longitude);
        rests.append(RADIUS);
        if (radiusKm == 0) {
            rests.append(NULL);
        } else {
            rests.appendNumber(radiusKm);
        }
        rests.append('}');
        rests.end();
    }

    /** What the places of each region begin with, by region. */
    RenderedTexts openings() {
        return openings;
    }

    /** What is each place's own, by place. */
    RenderedTexts rests() {
        return rests;
    }

    /**
     * With one to four decimals: 45.0, 0.5, -27.4767. Always one, because a store that infers types from the first value
     * it sees would take 45 for a field of whole numbers, and cut the fractions of all that follow.
     */
    private void appendDegrees(int tenThousandths) {
        if (tenThousandths == UNKNOWN) {
            rests.append(NULL);
            return;
        }
        int size = Math.abs(tenThousandths);
        if (tenThousandths < 0) {
            rests.append('-');
        }
        rests.appendNumber(size / TableFormat.DEGREE);
        rests.append('.');
        int fraction = size % TableFormat.DEGREE;
        int digit = TableFormat.DEGREE / 10;
        do {
            rests.appendNumber(fraction / digit);
            fraction %= digit;
            digit /= 10;
        } while (fraction > 0);
    }

    /** Whether a text stands in JSON as it is, and is ASCII. */
    private static boolean isPlain(byte[] text, int count) {
        for (int i = 0; i < count; i++) {
            if (text[i] < 0x20 || text[i] == '"' || text[i] == '\\') {
                return false;
            }
        }
        return true;
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
