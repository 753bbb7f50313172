package io.gatehouse.app.watch;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gatehouse.app.JsonObject;
import java.io.IOException;
import java.util.List;

/** A status as JSON, as {@code docs/schemas/status.schema.json} describes it. */
final class StatusJson {
    private StatusJson() {}

    static String of(Status status) {
        return JsonObject.of(json -> {
            LagJson.begin(json, status.at());
            json.writeBooleanField("well", status.isWell());
            json.writeArrayFieldStart("instances");
            for (Instance instance : status.instances()) {
                instance(instance, json);
            }
            json.writeEndArray();
            json.writeStringField("trouble", status.trouble());
            if (status.lag() == null) {
                json.writeNullField("lag");
            } else {
                json.writeObjectFieldStart("lag");
                LagJson.add(status.lag(), json);
                json.writeEndObject();
            }
        });
    }

    private static void instance(Instance instance, JsonGenerator json) throws IOException {
        HealthAnswer health = instance.health();
        json.writeStartObject();
        json.writeStringField("url", instance.url().toString());
        json.writeStringField("status", health == null ? null : health.status());
        json.writeStringField("version", health == null ? null : health.version());
        JsonObject.strings(json, "reasons", health == null ? List.of(instance.trouble()) : health.reasons());
        JsonObject.strings(json, "warnings", health == null ? List.of() : health.warnings());
        LagJson.number(json, "processed_per_second", instance.processedPerSecond());
        LagJson.number(json, "dead_letters_per_second", instance.deadLettersPerSecond());
        LagJson.number(json, "event_age_p99_seconds", instance.agePerHundred());
        LagJson.number(json, "ledger_difference", instance.ledgerDifference());
        json.writeEndObject();
    }
}
