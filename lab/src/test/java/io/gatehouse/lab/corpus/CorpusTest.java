package io.gatehouse.lab.corpus;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CorpusTest {
    private static final long NOW_MS = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();
    private static final List<CorpusRecord> RECORDS = Corpus.records(NOW_MS);

    @Test
    void thereAreEightThousandRecordsAndEnoughOfEachFamily() {
        Map<Family, Long> counts = RECORDS.stream().collect(groupingBy(CorpusRecord::family, counting()));
        assertThat(RECORDS).hasSizeGreaterThanOrEqualTo(8_000);
        assertThat(DataFile.lines("addresses.txt")).hasSizeGreaterThanOrEqualTo(300);
        for (Family family : Family.values()) {
            assertThat(counts.get(family)).as(family.title()).isGreaterThanOrEqualTo(family.minimum());
        }
    }

    @Test
    void everyRecordHasANameOfItsOwn() {
        Set<String> names = new HashSet<>();
        assertThat(RECORDS).allSatisfy(record -> assertThat(names.add(record.family() + record.name()))
                .as(record.family() + ": " + record.name())
                .isTrue());
    }

    @Test
    void itIsAlwaysTheSame() {
        List<CorpusRecord> again = Corpus.records(NOW_MS);
        assertThat(again).hasSameSizeAs(RECORDS);
        for (int i = 0; i < RECORDS.size(); i++) {
            CorpusRecord record = RECORDS.get(i);
            assertThat(again.get(i).name()).isEqualTo(record.name());
            assertThat(again.get(i).timestampMs()).isEqualTo(record.timestampMs());
            assertThat(Arrays.equals(again.get(i).key(), record.key())).isTrue();
            assertThat(Arrays.equals(again.get(i).value(), record.value())).isTrue();
            assertThat(again.get(i).headers()).isEqualTo(record.headers());
        }
    }

    /** Two readings of the contract that know nothing of one another. */
    @Test
    void whatEachIsMadeForIsWhatTheReferenceSays() {
        ReferenceJudge judge = new ReferenceJudge(address -> null, Settings.DEFAULTS);
        List<CorpusRecord> taken =
                RECORDS.stream().filter(record -> !record.isNotTaken()).toList();
        assertThat(taken).allSatisfy(record -> assertThat(
                        said(judge.judge(record.value(), record.timestampMs(), "corpus", 0, 0), record.expected()))
                .as(record.family() + ": " + record.name())
                .isEqualTo(record.expected()));
    }

    @Test
    void thePageAboutItHasTheseNumbers() throws Exception {
        Map<Family, Long> counts = RECORDS.stream().collect(groupingBy(CorpusRecord::family, counting()));
        List<String> rows = new ArrayList<>();
        for (Family family : Family.values()) {
            rows.add(String.format(
                    Locale.ROOT, "| %s | %,d | %s |", family.title(), counts.get(family), family.about()));
        }
        rows.add(String.format(Locale.ROOT, "| **all** | %,d | |", RECORDS.size()));
        assertThat(Files.readString(Path.of("..", "docs", "reliability", "corpus.md")))
                .contains("\n|---|---|---|\n" + String.join("\n", rows) + "\n");
    }

    private static Expectation said(Verdict verdict, Expectation asked) {
        if (verdict instanceof Verdict.Refused refused) {
            String field = refused.field() == null ? "" : " " + refused.field();
            return new Expectation(refused.reason() + field, null, null);
        }
        Map<String, Object> enrichment = ((Verdict.Accepted) verdict).enrichment();
        return new Expectation(
                "accepted",
                asked.ipCategory() == null ? null : (String) enrichment.get("ip_category"),
                asked.eventTime() == null ? null : (String) enrichment.get("event_time"));
    }
}
