package io.gatehouse.app.metrics;

import io.gatehouse.engine.EngineStatus;
import io.gatehouse.engine.Ledger;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;

/** What was taken from each partition that this process has ever worked on, and what became of it. */
final class LedgerMeters {
    private LedgerMeters() {}

    static void add(EngineStatus now, Figures page) {
        List<Ledger> ledgers = now.ledgers();
        page.counters(
                "gatehouse_in_total",
                "Records taken from the partition, of committed transactions",
                ledgers,
                LedgerMeters::label,
                Ledger::in);
        page.counters(
                "gatehouse_out_processed_total",
                "Results of them, of committed transactions",
                ledgers,
                LedgerMeters::label,
                Ledger::out);
        page.counters(
                "gatehouse_out_dead_letters_total",
                "Dead letters of them, of committed transactions",
                ledgers,
                LedgerMeters::label,
                Ledger::deadLetters);
        page.gauges(
                "gatehouse_ledger_difference",
                "Records taken less results and dead letters: 0, unless Gatehouse has a defect",
                ledgers,
                LedgerMeters::label,
                Ledger::difference);
        page.gauges(
                "gatehouse_routing_ledger_difference",
                "Records too few or too many in re-keying the partition: 0, unless Gatehouse has a defect",
                now.routing().ledgers(),
                LedgerMeters::label,
                Ledger::difference);
    }

    private static Labels label(Ledger ledger) {
        return Labels.of("partition", Integer.toString(ledger.partition()));
    }
}
