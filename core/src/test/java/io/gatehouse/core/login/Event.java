package io.gatehouse.core.login;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A login event to change and write down: names and values as they are spelled in JSON, quotes included. */
final class Event {
    /** A record timestamp five minutes before the latest time that its event may have. */
    static final long RECORD_MS = 1_720_589_700_000L;

    private final List<Map.Entry<String, String>> members = new ArrayList<>();

    private Event() {}

    /** What the reference producer sends. */
    static Event usual() {
        return new Event()
                .with("user_id", "\"b22a51d5-0f2f-42e3-8505-f2f8d2b01060\"")
                .with("app_version", "\"2.3.0\"")
                .with("ip", "\"25.67.253.124\"")
                .with("locale", "\"WA\"")
                .with("device_id", "\"37e8136e-b36d-4717-aa68-dbfcaef4d499\"")
                .with("timestamp", "1720589697")
                .with("device_type", "\"iOS\"");
    }

    static Event empty() {
        return new Event();
    }

    /** The member replaced where it stands, or added at the end. */
    Event with(String name, String value) {
        String spelledName = '"' + name + '"';
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).getKey().equals(spelledName)) {
                members.set(i, Map.entry(spelledName, value));
                return this;
            }
        }
        return withSpelled(spelledName, value);
    }

    Event withSpelled(String spelledName, String value) {
        members.add(Map.entry(spelledName, value));
        return this;
    }

    Event without(String name) {
        members.removeIf(member -> member.getKey().equals('"' + name + '"'));
        return this;
    }

    /** With a member of no meaning that the scanner leaves to the strict decoder. */
    Event outOfTheOrdinary() {
        return with("nested", "[1]");
    }

    String json() {
        return members.stream()
                .map(member -> member.getKey() + ": " + member.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    byte[] bytes() {
        return json().getBytes(StandardCharsets.UTF_8);
    }
}
