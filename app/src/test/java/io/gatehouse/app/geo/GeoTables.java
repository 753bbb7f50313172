package io.gatehouse.app.geo;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.IpAddress;
import java.nio.charset.StandardCharsets;

/** Asks a table in text. */
final class GeoTables {
    private GeoTables() {}

    /** Null for nowhere. */
    static String jsonAt(GeoTable table, String text) {
        IpAddress address = new IpAddress();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (!address.parse(bytes, 0, bytes.length)) {
            throw new IllegalArgumentException(text);
        }
        int place = table.find(address);
        if (place == GeoTable.NOWHERE) {
            return null;
        }
        byte[] json = new byte[table.jsonLength(place)];
        table.copyJson(place, json, 0);
        return new String(json, StandardCharsets.UTF_8);
    }
}
