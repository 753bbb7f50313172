package io.gatehouse.app;

import java.time.Instant;
import java.util.List;

/**
 * The table of places in service, and what became of others.
 *
 * @param builtAt when its source was built; the epoch where no table is in service
 * @param places how many it knows
 * @param swaps tables put into service since the start, the first not counted
 * @param failures files found at {@code geo.database} since the start that could not be used
 * @param trouble why what is at {@code geo.database} now is not in service; null when it is
 */
public record GeoStatus(Instant builtAt, int places, long swaps, long failures, String trouble) {
    /** What somebody should look at, though the work goes on. */
    public List<String> warnings() {
        return trouble == null ? List.of() : List.of(trouble);
    }
}
