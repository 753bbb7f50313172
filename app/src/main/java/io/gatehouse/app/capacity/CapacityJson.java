package io.gatehouse.app.capacity;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gatehouse.app.JsonObject;
import java.io.IOException;

/** What a rate needs, for scripts: bytes, bytes of an event, and money, not rounded for reading. */
final class CapacityJson {
    private static final int SCHEMA_VERSION = 1;
    private static final double LARGE = 1e6;

    private CapacityJson() {}

    static String of(Assumptions assumed, Capacity capacity) {
        return JsonObject.of(json -> {
            json.writeNumberField("schema_version", SCHEMA_VERSION);
            number(json, "rate", assumed.rate);
            number(json, "peak_rate", assumed.peakRate());
            json.writeObjectFieldStart("instances");
            machines(json, capacity.instances(), assumed.coresPerInstance);
            json.writeNumberField("worker_threads", assumed.threads());
            number(json, "heap_bytes", capacity.heapBytes());
            json.writeNumberField("max_users", capacity.maxUsers());
            json.writeEndObject();
            json.writeNumberField("partitions", capacity.partitions());
            json.writeObjectFieldStart("brokers");
            machines(json, capacity.brokers(), assumed.coresPerBroker);
            number(json, "disk_bytes", capacity.diskPerBrokerBytes());
            json.writeEndObject();
            eventBytes(json, capacity.traffic());
            diskBytes(json, capacity.disk());
            moneyAMonth(json, capacity.money());
        });
    }

    private static void machines(JsonGenerator json, Bounded number, int cores) throws IOException {
        json.writeNumberField("count", number.count());
        json.writeStringField("because", number.because());
        json.writeNumberField("cores", cores);
    }

    private static void eventBytes(JsonGenerator json, Traffic traffic) throws IOException {
        json.writeObjectFieldStart("event_bytes");
        number(json, "input", traffic.input());
        number(json, "by_user", traffic.byUser());
        number(json, "results", traffic.results());
        number(json, "sessions", traffic.sessions());
        number(json, "state", traffic.journal());
        number(json, "network_in", traffic.in());
        number(json, "network_out", traffic.out());
        json.writeEndObject();
    }

    private static void diskBytes(JsonGenerator json, Disk disk) throws IOException {
        json.writeObjectFieldStart("disk_bytes");
        number(json, "input", disk.input());
        number(json, "by_user", disk.byUser());
        number(json, "results", disk.results());
        number(json, "sessions", disk.sessions());
        number(json, "state", disk.state());
        number(json, "together", disk.total());
        json.writeEndObject();
    }

    private static void moneyAMonth(JsonGenerator json, Money money) throws IOException {
        json.writeObjectFieldStart("money_a_month");
        number(json, "cores", money.cores());
        number(json, "disk", money.disk());
        number(json, "traffic", money.traffic());
        number(json, "together", money.total());
        json.writeEndObject();
    }

    /** Small figures to a thousandth, large ones whole. */
    private static void number(JsonGenerator json, String name, double value) throws IOException {
        double rounded = value < LARGE ? Math.round(value * 1000) / 1000.0 : value;
        if (value >= LARGE || rounded == Math.rint(rounded)) {
            json.writeNumberField(name, Math.round(rounded));
        } else {
            json.writeNumberField(name, rounded);
        }
    }
}
