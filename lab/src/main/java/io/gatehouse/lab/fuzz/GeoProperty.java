package io.gatehouse.lab.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTableException;
import io.gatehouse.core.geo.IpAddress;
import io.gatehouse.reference.Places;
import io.gatehouse.reference.TablePlaces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Any file is read as a geo table or refused as none. What was read answers within its bounds, by ranges that follow one
 * another, and tells of each the place that the reference finds in the same file.
 *
 * <p>An input that begins as a table does is tried as it is, and with length and checksum put right. Any other is taken for
 * the parts of one, before they are deflated.
 */
final class GeoProperty implements Property {
    /** More of a table than inputs of this length can well hold, and few enough for each to be looked at. */
    private static final int MOST_RANGES = 300;

    private static final JsonFactory JSON = new JsonFactory();

    private final Function<ByteBuffer, GeoTable> reader;

    GeoProperty(Function<ByteBuffer, GeoTable> reader) {
        this.reader = reader;
    }

    @Override
    public void holdsFor(byte[] input) {
        if (GeoTable.isTable(ByteBuffer.wrap(input))) {
            fileIsReadOrRefused(input);
            if (input.length >= TableParts.CHECKED_FROM) {
                fileIsReadOrRefused(TableParts.sealed(input));
            }
        } else {
            fileIsReadOrRefused(TableParts.file(input));
        }
    }

    private void fileIsReadOrRefused(byte[] file) {
        GeoTable table;
        try {
            table = reader.apply(ByteBuffer.wrap(file));
        } catch (GeoTableException refused) {
            PropertyBroken.unless(!refused.getMessage().isBlank(), "a refusal must say what is wrong");
            return;
        }
        Places expected = expected(file);
        followRanges(table, expected, "0.0.0.0");
        followRanges(table, expected, "::");
    }

    private static Places expected(byte[] file) {
        try {
            return new TablePlaces(file);
        } catch (IOException | RuntimeException e) {
            throw new PropertyBroken("a file is read that the reference refuses", e);
        }
    }

    /** From range to range, looking up the first and the last address of each. */
    private static void followRanges(GeoTable table, Places expected, String from) {
        IpAddress address = address(from);
        for (int i = 0; i < MOST_RANGES; i++) {
            String[] range = table.rangeOf(address).split(" - ");
            IpAddress last = address(range[1]);
            PropertyBroken.unlessEqual(
                    text(address), text(address(range[0])), "the first address of the range " + Arrays.toString(range));
            int place = table.find(address);
            PropertyBroken.unlessEqual(place, table.find(last), "the place at the end of " + Arrays.toString(range));
            PropertyBroken.unlessEqual(
                    expected.find(bytes(address)), members(table, place), "the place of " + text(address));
            PropertyBroken.unlessEqual(expected.find(bytes(last)), members(table, place), "the place of " + text(last));
            if (!moveBehind(address, last)) {
                return;
            }
        }
    }

    /** False when there is no address behind the last one. */
    private static boolean moveBehind(IpAddress address, IpAddress last) {
        if (last.family() == 4) {
            address.setIpv4(last.low() + 1);
            return last.low() != 0xffffffffL;
        }
        address.setIpv6(last.high() + 1, 0);
        return last.high() != -1;
    }

    /** The members of a place's JSON; null for no place. */
    private static Map<String, Object> members(GeoTable table, int place) {
        table.touch(place);
        if (place == GeoTable.NOWHERE) {
            return null;
        }
        int country = table.countryOf(place);
        int region = table.regionOf(place);
        PropertyBroken.unless(place >= 0 && place < table.places(), "a place out of bounds: " + place);
        PropertyBroken.unless(country >= 0 && country < table.countries(), "a country out of bounds: " + country);
        PropertyBroken.unless(region >= 0 && region < table.regions(), "a region out of bounds: " + region);
        byte[] json = new byte[table.jsonLength(place)];
        PropertyBroken.unlessEqual(json.length, table.copyJson(place, json, 0), "the length of a place's JSON");
        Map<String, Object> members = parsed(json);
        byte[] code = table.countryCode(country);
        PropertyBroken.unlessEqual(
                members.get("country"), code == null ? null : new String(code, UTF_8), "the country");
        return members;
    }

    private static Map<String, Object> parsed(byte[] json) {
        Map<String, Object> members = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                members.put(parser.currentName(), value(parser));
            }
            PropertyBroken.unless(
                    parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null, "more than an object");
            return members;
        } catch (IOException e) {
            throw new PropertyBroken("a place is told as what is no JSON: " + new String(json, UTF_8), e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.nextToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> null;
        };
    }

    private static IpAddress address(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        IpAddress address = new IpAddress();
        PropertyBroken.unless(address.parse(bytes, 0, bytes.length), "no address: " + text);
        return address;
    }

    private static String text(IpAddress address) {
        return address.family() + ":" + Long.toHexString(address.high()) + ":" + Long.toHexString(address.low());
    }

    private static byte[] bytes(IpAddress address) {
        return address.family() == 4
                ? ByteBuffer.allocate(4).putInt((int) address.low()).array()
                : ByteBuffer.allocate(16)
                        .putLong(address.high())
                        .putLong(address.low())
                        .array();
    }

    @Override
    public List<byte[]> seeds() {
        byte[] file = SmallTable.file();
        return List.of(file, Arrays.copyOf(file, file.length / 2), TableParts.of(file));
    }
}
