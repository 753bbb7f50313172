package io.gatehouse.lab.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gatehouse.app.StartException;
import io.gatehouse.app.command.CommandFailure;
import io.gatehouse.app.config.GeoSettings;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.IpAddress;
import io.gatehouse.reference.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The places of the table that the pipeline uses, for the reference. So the check holds that each login got the place
 * that the table has for its address; whether the table is right is for the table's own tests. Not thread-safe.
 */
public final class TablePlaces implements Places {
    private final GeoTable table;
    private final IpAddress address = new IpAddress();
    private final Map<Integer, Map<String, Object>> places = new HashMap<>();

    TablePlaces(GeoTable table) {
        this.table = table;
    }

    /**
     * @param file a geo table; null for the built-in one
     * @param required whether there must be one; otherwise there are no places without it
     * @throws CommandFailure when it is required and cannot be used
     */
    public static Places open(Path file, boolean required) {
        try {
            GeoSettings settings = new GeoSettings(Optional.ofNullable(file), required);
            return new TablePlaces(io.gatehouse.app.Places.open(settings).table());
        } catch (StartException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    @Override
    public Map<String, Object> find(byte[] octets) {
        byte[] text = text(octets).getBytes(StandardCharsets.US_ASCII);
        if (!address.parse(text, 0, text.length)) {
            throw new IllegalArgumentException("no address: " + text(octets));
        }
        int place = table.find(address);
        return place == GeoTable.NOWHERE ? null : places.computeIfAbsent(place, this::members);
    }

    private static String text(byte[] octets) {
        if (octets.length == 4) {
            return IntStream.range(0, 4)
                    .mapToObj(i -> Integer.toString(octets[i] & 255))
                    .collect(Collectors.joining("."));
        }
        return IntStream.range(0, 8)
                .mapToObj(i -> Integer.toHexString((octets[2 * i] & 255) << 8 | octets[2 * i + 1] & 255))
                .collect(Collectors.joining(":"));
    }

    private Map<String, Object> members(int place) {
        byte[] json = new byte[table.jsonLength(place)];
        table.copyJson(place, json, 0);
        Map<String, Object> members = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                members.put(
                        name,
                        switch (parser.nextToken()) {
                            case VALUE_STRING -> parser.getText();
                            case VALUE_NUMBER_INT -> parser.getLongValue();
                            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
                            case VALUE_NULL -> null;
                            default -> throw new IllegalStateException("place " + place + " has an odd " + name);
                        });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return members;
    }
}
