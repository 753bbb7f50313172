package io.gatehouse.app.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.app.Places;
import io.gatehouse.app.Printable;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.IpAddress;
import io.gatehouse.core.geo.IpCategory;
import io.gatehouse.core.login.Login;
import io.gatehouse.core.login.Reason;
import io.gatehouse.core.login.Text;
import io.gatehouse.core.profile.Remembered;
import io.gatehouse.engine.explain.Explanation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Writes an explanation, step by step. What comes from the event is escaped: it must not reach a terminal as it is. */
final class ExplanationText {
    /** These differ from one processing to the next without saying anything. */
    private static final Set<String> OF_THE_CLOCK = Set.of("processed_timestamp", "processing_delay_ms");

    private final PrintWriter out;
    private final Places places;

    ExplanationText(PrintWriter out, Places places) {
        this.out = out;
        this.places = places;
    }

    void print(Explanation explanation) {
        ConsumerRecord<byte[], byte[]> record = explanation.record();
        Login login = explanation.login();
        out.println(place(record) + ", written " + Instant.ofEpochMilli(record.timestamp()) + ", "
                + (record.value() == null ? "no value" : record.value().length + " bytes"));
        if (record.value() != null) {
            out.println("  " + Printable.excerpt(new String(record.value(), UTF_8)));
        }
        if (login.reason() == null) {
            decoded(login);
            located(login.ip());
            remembered(explanation.memory());
        } else {
            step("decode");
            row("refused", login.reason().label());
            if (login.field() != null) {
                row("field", login.field().label());
            }
            row("hint", Hints.of(login.reason()));
        }
        outcome(explanation);
        out.flush();
    }

    private static String place(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "/" + record.partition() + "/" + record.offset();
    }

    private void step(String name) {
        out.println();
        out.println(name);
    }

    private void row(String name, String value) {
        out.printf(Locale.ROOT, "  %-20s %s%n", name, value);
    }

    private void decoded(Login login) {
        step("decode");
        row("user_id", text(login.userId()));
        row("timestamp", Instant.ofEpochMilli(login.eventTimeMs()).toString());
        row("device_type", text(login.deviceType()));
        row("app_version", text(login.appVersion()));
        row("locale", text(login.locale()));
        row("device_id", text(login.deviceId()));
    }

    private static String text(Text field) {
        return field.isPresent()
                ? Printable.excerpt(new String(field.bytes(), field.from(), field.lengthBytes(), UTF_8))
                : "-";
    }

    private void located(IpAddress ip) {
        step("locate");
        IpCategory category = IpCategory.of(ip);
        row("ip_category", category.label());
        if (category == IpCategory.PUBLIC) {
            GeoTable table = places.table();
            int place = table.find(ip);
            String range = table.rangeOf(ip);
            row("range", range == null ? "-" : range);
            row("geo", place == GeoTable.NOWHERE ? "null" : Printable.escape(json(table, place)));
        }
        row("table", places.description());
    }

    private static String json(GeoTable table, int place) {
        byte[] json = new byte[table.jsonLength(place)];
        table.copyJson(place, json, 0);
        return new String(json, UTF_8);
    }

    private void remembered(Explanation.UserMemory memory) {
        if (memory.partition() < 0) {
            return;
        }
        step("profile, as it is now (partition " + memory.partition() + " of the state topic)");
        Remembered user = memory.remembered();
        if (user == null) {
            row("user", "not known");
            return;
        }
        row("session", "number " + user.number() + ", login " + user.login());
        row("started_at", Instant.ofEpochMilli(user.startMs()).toString());
        row("latest login", Instant.ofEpochMilli(user.lastMs()).toString());
        row("distinct logins kept", Integer.toString(user.recent()));
        for (Remembered.Device device : user.devices()) {
            row(
                    device.hasId() ? "device" : "without device_id",
                    "last used " + Instant.ofEpochMilli(device.lastUseMs())
                            + (device.version() == null ? ", no version" : ", version " + device.version()));
        }
    }

    private void outcome(Explanation explanation) {
        ConsumerRecord<byte[], byte[]> then = explanation.written();
        Map<String, String> today = explanation.today() == null ? Map.of() : Enrichment.members(explanation.today());
        Map<String, String> written = then == null ? Map.of() : Enrichment.members(then.value());
        boolean isLetter = then != null && then.headers().lastHeader("gatehouse.reason") != null;
        step("outcome");
        row(
                "then",
                then == null
                        ? "nothing of it is found: not processed yet, or expired"
                        : (isLetter ? "dead letter " : "result ") + place(then) + ", written "
                                + Instant.ofEpochMilli(then.timestamp()));
        row("today", explanation.today() == null ? "dead letter" : "result");
        if (isLetter) {
            letter(then, explanation.login());
        } else {
            compare(today, written);
        }
    }

    private void letter(ConsumerRecord<byte[], byte[]> then, Login login) {
        Reason reason = login.reason();
        compared("reason", header(then, "gatehouse.reason"), reason == null ? null : reason.label());
        compared(
                "field",
                header(then, "gatehouse.field"),
                reason == null || login.field() == null ? null : login.field().label());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private void compare(Map<String, String> today, Map<String, String> written) {
        Set<String> names = new LinkedHashSet<>(today.keySet());
        names.addAll(written.keySet());
        for (String name : names) {
            if (written.isEmpty()) {
                row(Printable.excerpt(name), escaped(today.get(name)));
            } else {
                compared(name, written.get(name), today.get(name));
            }
        }
    }

    /** On one line where both are the same; otherwise on two. */
    private void compared(String name, String then, String today) {
        if (then == null && today == null) {
            return;
        }
        if (then != null && then.equals(today)) {
            row(Printable.excerpt(name), escaped(then));
            return;
        }
        row(Printable.excerpt(name), "then  " + escaped(then));
        row(OF_THE_CLOCK.contains(name) ? "" : "  differs", "today " + escaped(today));
    }

    private static String escaped(String json) {
        return json == null ? "-" : Printable.escape(json);
    }
}
