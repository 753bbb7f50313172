package io.gatehouse.app.certificate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate in use, and what is wrong with it.
 *
 * @param use what it is for: {@code http} or {@code kafka}
 * @param endsAt when it, or an earlier one of its chain, is no longer valid; null where it cannot be read
 * @param trouble why what is configured now is not in service; null when it is
 */
public record CertificateStatus(String use, Instant endsAt, String trouble) {
    /** Long enough to have a new one made by people, within working hours. */
    static final Duration NEAR = Duration.ofDays(14);

    /** What somebody should look at, though the work goes on. */
    public List<String> warnings(Instant now) {
        List<String> warnings = new ArrayList<>();
        if (trouble != null) {
            warnings.add(trouble);
        }
        if (endsAt != null && !endsAt.isAfter(now)) {
            warnings.add("the certificate for " + use + " has ended, at " + endsAt);
        } else if (endsAt != null && endsAt.isBefore(now.plus(NEAR))) {
            warnings.add("the certificate for " + use + " ends in "
                    + Duration.between(now, endsAt).toDays() + " days, at " + endsAt);
        }
        return warnings;
    }
}
