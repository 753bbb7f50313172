package io.gatehouse.app.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.gatehouse.app.GeoStatus;
import io.gatehouse.app.JsonObject;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.Ledger;
import io.gatehouse.engine.lag.PartitionLag;
import io.gatehouse.engine.lag.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Health as JSON. */
final class HealthPage {
    private HealthPage() {}

    /** {@code {"status":"live"}}, or its opposite and the reasons. */
    static String live(Health health) {
        return write(json -> answer(json, "live", health.notLive()));
    }

    /** {@code {"status":"ready"}}, or its opposite and the reasons; and what somebody should look at in either case. */
    static String ready(Health health) {
        return write(json -> {
            answer(json, "ready", health.isLive() ? health.notReady() : health.notLive());
            JsonObject.strings(json, "warnings", health.warnings());
        });
    }

    /** Why there is no other answer: {@code {"status":"not kept"}} and the reason. */
    static String not(String word, String reason) {
        return write(json -> answer(json, word, List.of(reason)));
    }

    private static void answer(JsonGenerator json, String word, List<String> reasons) throws IOException {
        json.writeStringField("status", reasons.isEmpty() ? word : "not " + word);
        JsonObject.strings(json, "reasons", reasons);
    }

    /** All there is to say, worker by worker and partition by partition. */
    static String whole(
            Health health, Map<String, String> components, EngineStatus status, GeoStatus geo, String version) {
        return write(json -> {
            json.writeStringField("status", health.isReady() ? "ready" : health.isLive() ? "not ready" : "not live");
            json.writeStringField("version", version);
            JsonObject.strings(json, "not_live", health.notLive());
            JsonObject.strings(json, "not_ready", health.notReady());
            JsonObject.strings(json, "warnings", health.warnings());
            json.writeObjectFieldStart("components");
            for (Map.Entry<String, String> component : components.entrySet()) {
                json.writeStringField(component.getKey(), component.getValue());
            }
            json.writeEndObject();
            json.writeNumberField("users", status.users());
            json.writeNumberField("users_evicted", status.evicted());
            places(json, geo);
            stage(json, status.workers(), status.partitions(), status.lag().judged(), status.ledgers());
            json.writeObjectFieldStart("partitioning");
            json.writeStringField("choice", status.routing().choice());
            json.writeStringField("why", status.routing().why());
            stage(
                    json,
                    status.routing().workers(),
                    status.routing().partitions(),
                    status.lag().routed(),
                    status.routing().ledgers());
            json.writeEndObject();
        });
    }

    private static void stage(
            JsonGenerator json,
            List<EngineStatus.WorkerStatus> workers,
            List<EngineStatus.PartitionStatus> partitions,
            List<PartitionLag> lags,
            List<Ledger> ledgers)
            throws IOException {
        json.writeArrayFieldStart("workers");
        for (EngineStatus.WorkerStatus worker : workers) {
            worker(json, worker);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("partitions");
        for (EngineStatus.PartitionStatus partition : partitions) {
            partition(json, partition, lags);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("ledgers");
        for (Ledger ledger : ledgers) {
            ledger(json, ledger);
        }
        json.writeEndArray();
    }

    private static void places(JsonGenerator json, GeoStatus geo) throws IOException {
        json.writeObjectFieldStart("geo");
        json.writeStringField("built_at", geo.builtAt().toString());
        json.writeNumberField("places", geo.places());
        json.writeNumberField("swaps", geo.swaps());
        json.writeNumberField("failures", geo.failures());
        json.writeStringField("trouble", geo.trouble());
        json.writeEndObject();
    }

    private static void worker(JsonGenerator json, EngineStatus.WorkerStatus worker) throws IOException {
        json.writeStartObject();
        json.writeNumberField("worker", worker.worker());
        json.writeStringField("state", worker.state().name().toLowerCase(Locale.ROOT));
        json.writeStringField("trouble", worker.trouble());
        json.writeNumberField("commits", worker.commits());
        json.writeNumberField("aborts", worker.aborts());
        json.writeNumberField("rebalances", worker.rebalances());
        json.writeEndObject();
    }

    private static void partition(JsonGenerator json, EngineStatus.PartitionStatus partition, List<PartitionLag> lags)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("partition", partition.partition());
        json.writeStringField("trouble", partition.trouble());
        json.writeNumberField("restoring", partition.restoring());
        json.writeNumberField("position", partition.position());
        if (partition.lag() < 0) {
            json.writeNullField("lag");
        } else {
            json.writeNumberField("lag", partition.lag());
        }
        json.writeStringField("verdict", verdict(partition.partition(), lags).label());
        json.writeNumberField("users", partition.users());
        json.writeNumberField("misplaced", partition.misplaced());
        json.writeNumberField("journal_bytes", partition.journalBytes());
        json.writeEndObject();
    }

    private static void ledger(JsonGenerator json, Ledger ledger) throws IOException {
        json.writeStartObject();
        json.writeNumberField("partition", ledger.partition());
        json.writeNumberField("in", ledger.in());
        json.writeNumberField("out", ledger.out());
        json.writeNumberField("dead_letters", ledger.deadLetters());
        json.writeNumberField("difference", ledger.difference());
        json.writeEndObject();
    }

    private static Verdict verdict(int partition, List<PartitionLag> lags) {
        return lags.stream()
                .filter(lag -> lag.partition() == partition)
                .map(PartitionLag::verdict)
                .findFirst()
                .orElse(Verdict.UNKNOWN);
    }

    private static String write(JsonObject.Members members) {
        return JsonObject.of(members) + '\n';
    }
}
