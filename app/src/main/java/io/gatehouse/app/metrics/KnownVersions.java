package io.gatehouse.app.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.app.view.Count;
import io.gatehouse.app.view.Heading;
import io.gatehouse.app.view.WindowOfLogins;
import io.gatehouse.core.login.AppVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which versions are named in metrics. Producers write what they like, so a version is named as the numbers that it is
 * read as, only while it has a hundredth of a window's logins, and never more than {@link #MOST} different ones while the
 * process lives: each leaves a series behind wherever metrics are kept.
 */
final class KnownVersions {
    static final int MOST = 100;
    private static final int LEAST_SHARE = 100;
    private static final String OTHER = "other";

    private final Set<Long> named = new HashSet<>();

    /** What to call a version of this window, given as a producer spelled it. */
    Function<String, String> of(WindowOfLogins window) {
        Map<Long, Long> logins = new HashMap<>();
        for (Count count : window.ranked(Heading.VERSION)) {
            logins.merge(parse(count.value()), count.count(), Long::sum);
        }
        return text -> {
            long version = parse(text);
            boolean isFrequent = logins.getOrDefault(version, 0L) * LEAST_SHARE >= window.logins();
            return version != AppVersion.NONE && isFrequent && mayBeNamed(version) ? name(version) : OTHER;
        };
    }

    private boolean mayBeNamed(long version) {
        return named.contains(version) || named.size() < MOST && named.add(version);
    }

    private static long parse(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return AppVersion.parse(bytes, 0, bytes.length);
    }

    private static String name(long version) {
        return AppVersion.major(version) + "." + AppVersion.minor(version) + "." + AppVersion.patch(version);
    }
}
