package io.gatehouse.engine.replay;

import io.gatehouse.core.patch.Patched;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What became, or would become, of the letters that the filter means. */
public final class ReplayCounts {
    /** Why a letter is left where it is. */
    public enum Left {
        REPLAYED_BEFORE("replayed before"),
        ATTEMPTS_USED_UP("refused too often (--max-attempts)"),
        OTHER_SOURCE("from another topic than the input"),
        NO_SUCH_PARTITION("from a partition that the input does not have"),
        UNPATCHABLE("the patch does not apply");

        private final String words;

        Left(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    private final Map<Left, Long> left = new EnumMap<>(Left.class);
    private final Map<String, Long> unpatchable = new TreeMap<>();
    private final Map<Cause, Long> refused = new TreeMap<>(Comparator.comparing(Cause::toString));
    private long letters;
    private long chosen;
    private long passing;
    private long sent;

    void left(Left why) {
        letters++;
        left.merge(why, 1L, Long::sum);
    }

    void unpatchable(Patched patched) {
        left(Left.UNPATCHABLE);
        String words = patched.problem().words();
        unpatchable.merge(patched.rule() == null ? words : patched.rule() + ": " + words, 1L, Long::sum);
    }

    /** @param verdict null for one that passes */
    void chosen(Cause verdict) {
        letters++;
        chosen++;
        if (verdict == null) {
            passing++;
        } else {
            refused.merge(verdict, 1L, Long::sum);
        }
    }

    void sent(int more) {
        sent += more;
    }

    /** All that the filter means. */
    public long letters() {
        return letters;
    }

    /** Those that are replayed, or would be. */
    public long chosen() {
        return chosen;
    }

    /** Those of the chosen that Gatehouse as it is configured here accepts. */
    public long passing() {
        return passing;
    }

    /** Those of the chosen that it refuses, again or for another reason. */
    public Map<Cause, Long> refused() {
        return Collections.unmodifiableMap(refused);
    }

    public Map<Left, Long> left() {
        return Collections.unmodifiableMap(left);
    }

    /** Those that the patch does not apply to, by the rule and why. */
    public Map<String, Long> unpatchable() {
        return Collections.unmodifiableMap(unpatchable);
    }

    /** Those that have been sent and committed. */
    public long sent() {
        return sent;
    }
}
