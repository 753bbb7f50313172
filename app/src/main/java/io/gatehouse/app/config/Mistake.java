package io.gatehouse.app.config;

import io.gatehouse.app.Printable;

/**
 * One thing wrong with a configuration.
 *
 * @param key the key as it was given
 * @param shownValue the value, fit for showing; null where none was given, or where it had better not be shown
 * @param origin where it was given; null where it was not
 * @param problem what is wrong and what is allowed; no full stop
 */
public record Mistake(String key, String shownValue, String origin, String problem) {
    static Mistake in(Entry entry, String problem) {
        return new Mistake(entry.key(), entry.shownValue(), entry.origin(), problem);
    }

    /** The value is kept quiet: under a name that means nothing it may be a secret whose name is misspelt. */
    static Mistake unknown(String key, String origin, String problem) {
        return new Mistake(key, null, origin, problem);
    }

    static Mistake missing(String key, String problem) {
        return new Mistake(key, null, null, problem);
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(Printable.excerpt(key));
        if (shownValue != null) {
            line.append(" = \"").append(shownValue).append('"');
        }
        if (origin != null) {
            line.append(" (").append(Printable.excerpt(origin)).append(')');
        }
        return line.append(": ").append(problem).toString();
    }
}
