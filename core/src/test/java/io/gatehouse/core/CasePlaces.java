package io.gatehouse.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.geo.GeoLevel;
import io.gatehouse.core.geo.GeoSource;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTableWriter;
import io.gatehouse.core.geo.IpAddress;
import io.gatehouse.core.geo.Place;
import io.gatehouse.reference.CaseBook;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** The cases' places, compiled. */
final class CasePlaces {
    private CasePlaces() {}

    static GeoTable compile(CaseBook book) {
        GeoTableWriter writer = new GeoTableWriter(GeoLevel.LOCATION, new GeoSource("cases", Instant.EPOCH, "", ""));
        for (CaseBook.PlaceRange range : book.placeRanges()) {
            IpAddress first = address(range.first());
            IpAddress last = address(range.last());
            int place = writer.record(place(range.geo()));
            if (first.family() == 4) {
                writer.addIpv4(first.low(), last.low(), place);
            } else {
                writer.addIpv6(first.high(), last.high(), place);
            }
        }
        return GeoTable.read(ByteBuffer.wrap(writer.toBytes()));
    }

    private static Place place(Map<String, Object> geo) {
        Long radiusKm = (Long) geo.get("accuracy_radius_km");
        return new Place(
                (String) geo.get("continent"),
                (String) geo.get("country"),
                (String) geo.get("region"),
                (String) geo.get("city"),
                (Double) geo.get("latitude"),
                (Double) geo.get("longitude"),
                radiusKm == null ? null : radiusKm.intValue());
    }

    private static IpAddress address(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        IpAddress address = new IpAddress();
        assertThat(address.parse(bytes, 0, bytes.length)).as(text).isTrue();
        return address;
    }
}
