package io.gatehouse.app.http;

import io.gatehouse.app.GeoStatus;
import io.gatehouse.app.certificate.CertificateStatus;
import io.gatehouse.app.view.StatisticsView;
import io.gatehouse.app.watch.LagWords;
import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.EngineStatus.PartitionStatus;
import io.gatehouse.engine.EngineStatus.RoutingStatus;
import io.gatehouse.engine.EngineStatus.WorkerState;
import io.gatehouse.engine.EngineStatus.WorkerStatus;
import io.gatehouse.engine.Ledger;
import io.gatehouse.engine.lag.LagStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What each part of the process is doing, a sentence for each, in the order of a login's way. */
final class Components {
    private Components() {}

    /** @param statistics empty where none are kept */
    static Map<String, String> of(
            EngineStatus now,
            GeoStatus geo,
            List<CertificateStatus> certificates,
            Optional<StatisticsView> statistics) {
        Map<String, String> words = new LinkedHashMap<>();
        RoutingStatus routing = now.routing();
        words.put(
                "partitioning",
                routing.choice() == null
                        ? "not known yet, and nothing is judged before"
                        : routing.choice() + ": " + routing.why());
        if (!routing.workers().isEmpty()) {
            words.put("routers", workers(routing.workers()));
            words.put("input_partitions", partitions(routing.partitions()));
            words.put("routing_ledger", ledger(routing.ledgers(), "logins routed"));
        }
        words.put("workers", workers(now.workers()));
        words.put("partitions", partitions(now.partitions()));
        words.put("lag", lag(now.lag()));
        words.put(
                "users",
                now.users() + " of at most " + now.maxUsers() + " remembered, " + now.evicted()
                        + " forgotten for lack of room");
        words.put("geo", geo(geo));
        words.put("ledger", ledger(now.ledgers(), "results"));
        words.put("journal", journal(now));
        words.put(
                "statistics",
                statistics.map(Components::statistics).orElse("not kept, by profile.enabled or stats.enabled"));
        if (!certificates.isEmpty()) {
            words.put(
                    "certificates",
                    certificates.stream().map(Components::certificate).collect(Collectors.joining("; ")));
        }
        return words;
    }

    private static String workers(List<WorkerStatus> workers) {
        return Arrays.stream(WorkerState.values())
                .map(state -> new Counted(
                        state,
                        workers.stream()
                                .filter(worker -> worker.state() == state)
                                .count()))
                .filter(counted -> counted.workers() > 0)
                .map(counted -> counted.workers() + " " + counted.state().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private record Counted(WorkerState state, long workers) {}

    private static String partitions(List<PartitionStatus> partitions) {
        long heldBack =
                partitions.stream().filter(each -> each.trouble() != null).count();
        long restoring = partitions.stream()
                .filter(each -> each.trouble() == null && each.restoring() > 0)
                .count();
        long lag =
                partitions.stream().mapToLong(each -> Math.max(0, each.lag())).sum();
        return partitions.size() - heldBack - restoring + " worked on, " + restoring + " being restored, " + heldBack
                + " held back; " + lag + " records to do";
    }

    private static String lag(LagStatus lag) {
        String judged = lag.judged().isEmpty() ? "of no partition" : LagWords.counts(lag.judged());
        return lag.routed().isEmpty() ? judged : judged + "; of the input " + LagWords.counts(lag.routed());
    }

    private static String geo(GeoStatus geo) {
        String table = geo.builtAt().equals(Instant.EPOCH)
                ? "no table: places are null"
                : geo.places() + " places of " + geo.builtAt();
        return geo.trouble() == null ? table : table + "; " + geo.trouble();
    }

    private static String ledger(List<Ledger> ledgers, String outcome) {
        Ledger sum = ledgers.stream().reduce(Ledger.empty(0), Ledger::plus);
        List<String> differing = ledgers.stream()
                .filter(ledger -> ledger.difference() != 0)
                .map(ledger -> Integer.toString(ledger.partition()))
                .toList();
        return sum.in() + " records taken and committed since the start, " + sum.out() + " " + outcome + " and "
                + sum.deadLetters() + " dead letters of them; "
                + (differing.isEmpty()
                        ? "none is missing, none too many"
                        : "that differs, by a defect, in partition " + String.join(", ", differing));
    }

    private static String journal(EngineStatus now) {
        long bytes = now.partitions().stream()
                .mapToLong(PartitionStatus::journalBytes)
                .sum();
        return bytes + " bytes; " + now.work().sweepRounds() + " rounds of the sweep ended";
    }

    private static String certificate(CertificateStatus certificate) {
        return "that for " + certificate.use()
                + (certificate.endsAt() == null ? " cannot be read" : " ends at " + certificate.endsAt());
    }

    private static String statistics(StatisticsView view) {
        return view.merged()
                .map(merged -> merged.windows() + " windows of all instances are told")
                .orElseGet(view::reason);
    }
}
