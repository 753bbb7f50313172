package io.gatehouse.lab.compare;

import io.gatehouse.lab.generate.KeyChoice;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that takes logins from one topic to another.
 *
 * @param name for options and reports
 * @param title what it is, in words
 * @param key what its input is keyed by: by random keys, the logins are taken to their users first
 * @param processes how many of it share the input
 * @param knobs settings of its own, beside those that all have; {@value #JVM} are options of its Java
 * @param longestWarmUp of a round's warm-up it has no use for more
 * @param variants what is tried in its place, each a change of some knobs
 * @param model whose outputs a copy sends in place of its own; null for who does the job, and whose results are held
 *     against the reference
 */
record Contestant(
        String name,
        String title,
        Guarantee guarantee,
        KeyChoice key,
        int processes,
        Duration longestWarmUp,
        Map<String, String> knobs,
        List<Map<String, String>> variants,
        Contestant model,
        Programme programme) {
    /** The knob of options for Java, separated by spaces. */
    static final String JVM = "jvm";

    /** Whether it judges nothing. */
    boolean isCopy() {
        return model != null;
    }

    /** Whether it is Gatehouse as it comes. */
    boolean isGatehouse() {
        return name.startsWith("gatehouse");
    }

    boolean hasTwoStages() {
        return key == KeyChoice.RANDOM;
    }

    /** The topics in which its progress shows: a login counts as a part when it comes out of each. */
    List<String> stages(Ground ground) {
        return hasTwoStages() ? List.of(ground.byUser(), ground.processed()) : List.of(ground.processed());
    }

    /** The same with some knobs changed. */
    Contestant with(Map<String, String> changed) {
        Map<String, String> all = new LinkedHashMap<>(knobs);
        all.putAll(changed);
        return new Contestant(
                name, title, guarantee, key, processes, longestWarmUp, Map.copyOf(all), variants, model, programme);
    }

    /** The same in so many processes. */
    Contestant in(int many) {
        return new Contestant(name, title, guarantee, key, many, longestWarmUp, knobs, variants, model, programme);
    }
}
