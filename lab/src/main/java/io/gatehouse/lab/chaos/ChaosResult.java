package io.gatehouse.lab.chaos;

import io.gatehouse.lab.check.PipelineCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a run.
 *
 * @param happenings the faults, in order
 * @param points how much came, was done and waited, over time
 * @param report what the check says of all that came out; null when it did not come to that
 * @param unacknowledged sends of which Kafka never said whether they were written
 * @param drained from the end of the last fault, traffic ended, until nothing was left to do; null when it did not come to that
 * @param trouble what went wrong beside the faults, in words; null when nothing did
 */
record ChaosResult(
        List<Happening> happenings,
        List<Watch.Point> points,
        PipelineCheck.Report report,
        long unacknowledged,
        Duration drained,
        String trouble) {
    boolean isContent() {
        return trouble == null
                && report != null
                && report.isContent()
                && happenings.stream().noneMatch(Happening::isFailed);
    }

    /** Events whose every field was compared. */
    long checked() {
        return report == null ? 0 : report.against().agreed();
    }

    long survived() {
        return happenings.stream().filter(Happening::isSurvived).count();
    }

    /** What is wrong, by kind; empty when nothing is. */
    Map<String, Long> errors() {
        Map<String, Long> errors = new TreeMap<>();
        if (report != null) {
            report.against().counts().forEach((kind, count) -> errors.put(kind.toString(), count));
        }
        long failed = happenings.stream().filter(Happening::isFailed).count();
        if (failed > 0) {
            errors.put("NOT_SURVIVED", failed);
        }
        if (trouble != null) {
            errors.put("TROUBLE", 1L);
        }
        return errors;
    }

    /** The same, the first of each in words. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        happenings.stream()
                .filter(Happening::isFailed)
                .forEach(happening -> told.add(happening.kind() + ": " + happening.trouble()));
        if (trouble != null) {
            told.add(trouble);
        }
        if (report != null) {
            told.addAll(report.differences());
        }
        return told;
    }

    /** Recoveries by kind of fault, in the order in which kinds came first. */
    Map<String, Spread> recoveries() {
        Map<String, List<Duration>> byKind = new LinkedHashMap<>();
        happenings.stream().filter(Happening::isSurvived).forEach(happening -> byKind.computeIfAbsent(
                        happening.kind(), any -> new ArrayList<>())
                .add(happening.recovery()));
        Map<String, Spread> spreads = new LinkedHashMap<>();
        byKind.forEach((kind, durations) -> spreads.put(kind, Spread.of(durations)));
        return spreads;
    }

    /** Why kinds were left out that could not be made here. */
    Map<String, String> leftOut() {
        Map<String, String> leftOut = new TreeMap<>();
        happenings.stream()
                .filter(Happening::leftOut)
                .forEach(happening -> leftOut.put(happening.kind(), happening.trouble()));
        return leftOut;
    }
}
