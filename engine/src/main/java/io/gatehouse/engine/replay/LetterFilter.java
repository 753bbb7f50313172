package io.gatehouse.engine.replay;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Which dead letters are meant. What is empty admits all.
 *
 * @param appVersions texts as the events have them
 * @param fromMs when they were refused at the earliest, epoch milliseconds
 * @param toMs before when, epoch milliseconds
 * @param partitions of the dead-letter topic
 * @param words the filter as it was given, for the log of replays
 */
public record LetterFilter(
        Set<Reason> reasons,
        Set<Field> fields,
        Set<String> appVersions,
        long fromMs,
        long toMs,
        Set<Integer> partitions,
        List<SourceRange> sources,
        List<String> words) {

    boolean hasPartition(int partition) {
        return admits(partitions, partition);
    }

    boolean accepts(Letter letter) {
        long failedAtMs = letter.dead().failedAtMs();
        return admits(reasons, letter.dead().reason())
                && admits(fields, letter.dead().field())
                && admits(appVersions, letter.glimpse().appVersion())
                && failedAtMs >= fromMs
                && failedAtMs < toMs
                && (sources.isEmpty()
                        || sources.stream()
                                .anyMatch(
                                        source -> source.contains(letter.dead().source())));
    }

    /** Immutable sets refuse to be asked for null. */
    private static <T> boolean admits(Collection<T> allowed, T found) {
        return allowed.isEmpty() || found != null && allowed.contains(found);
    }
}
