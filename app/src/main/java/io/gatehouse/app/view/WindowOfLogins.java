package io.gatehouse.app.view;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One window of logins of all partitions together.
 *
 * @param logins how many there were
 * @param distinctUsers how many users they came from, an estimate
 * @param ranked by each heading, most first; values may be as producers spelled them
 */
public record WindowOfLogins(long logins, long distinctUsers, Map<Heading, List<Count>> ranked) {
    static WindowOfLogins of(LoginCounts counts) {
        Map<Heading, List<Count>> ranked = new EnumMap<>(Heading.class);
        for (Heading heading : Heading.values()) {
            ranked.put(heading, counts.ranked(heading));
        }
        return new WindowOfLogins(counts.get(Total.LOGINS), counts.distinctUsers(), ranked);
    }
}
