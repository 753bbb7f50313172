package io.gatehouse.core.patch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.core.login.FieldNames;
import io.gatehouse.core.patch.Patched.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rules that mend an event by its top level. Every byte that no rule is about stays. Whatever the order in which they were
 * given, what is removed goes first; then members are renamed, then cast, then set: so a member can take the place of one
 * that is removed, and be cast under its new name.
 */
public final class Patch {
    /** More than one event has faults. */
    private static final int MOST_RULES = 32;

    private final List<Rule> rules;

    private Patch(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads rules as they are given on a command line.
     *
     * @param removed names of members
     * @param renamed {@code OLD=NEW}
     * @param cast {@code NAME=string}, {@code number}, {@code integer} or {@code boolean}
     * @param set {@code NAME=JSON}
     * @throws IllegalArgumentException when one is not of that form; the message says which, and what is allowed
     */
    public static Patch of(List<String> removed, List<String> renamed, List<String> cast, List<String> set) {
        List<Rule> rules = new ArrayList<>();
        removed.forEach(rule -> rules.add(new Rule.Remove(name(rule, "remove " + rule))));
        renamed.forEach(rule -> rules.add(rename(rule)));
        cast.forEach(rule -> rules.add(cast(rule)));
        set.forEach(rule -> rules.add(set(rule)));
        if (rules.size() > MOST_RULES) {
            throw new IllegalArgumentException("a patch has at most " + MOST_RULES + " rules");
        }
        return new Patch(rules);
    }

    private static Rule rename(String rule) {
        String[] sides = sides(rule, "rename", "OLD=NEW");
        return new Rule.Rename(name(sides[0], "rename " + rule), name(sides[1], "rename " + rule));
    }

    private static Rule cast(String rule) {
        String form = "NAME=string, number, integer or boolean";
        String[] sides = sides(rule, "cast", form);
        CastType type = CastType.of(sides[1])
                .orElseThrow(() -> new IllegalArgumentException("cast " + rule + " is not " + form));
        return new Rule.Cast(name(sides[0], "cast " + rule), type, "cast " + rule);
    }

    private static Rule set(String rule) {
        String[] sides = sides(rule, "set", "NAME=JSON");
        byte[] json = sides[1].getBytes(UTF_8);
        if (Json.kind(json) == null) {
            throw new IllegalArgumentException("set " + rule
                    + " is not NAME=JSON: the value must be JSON, a text in quotes (set locale='\"DE\"')");
        }
        return new Rule.Set(name(sides[0], "set " + rule), json);
    }

    private static String[] sides(String rule, String option, String form) {
        int at = rule.indexOf('=');
        if (at < 0) {
            throw new IllegalArgumentException(option + " " + rule + " is not " + form);
        }
        return new String[] {rule.substring(0, at), rule.substring(at + 1)};
    }

    private static String name(String name, String rule) {
        if (!FieldNames.isName(name)) {
            throw new IllegalArgumentException(rule + " names no member");
        }
        return name;
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** The rules in the order in which they are applied, as they were given. */
    public List<String> words() {
        return rules.stream().map(Rule::words).toList();
    }

    /**
     * Applies all rules, or none. Never throws, whatever the bytes are.
     *
     * @param value may be null
     */
    public Patched apply(byte[] value) {
        byte[] patched = value;
        for (Rule rule : rules) {
            Optional<TopLevel> members = TopLevel.of(patched);
            if (members.isEmpty()) {
                return Patched.not(Problem.NOT_AN_OBJECT, null);
            }
            Patched next = rule.apply(members.get(), patched);
            if (!next.applies()) {
                return next;
            }
            patched = next.value();
        }
        return Patched.of(patched);
    }
}
