package io.gatehouse.core.patch;

/**
 * What a patch made of a value.
 *
 * @param value the new value; null when the patch does not apply
 * @param problem why it does not; null when it does
 * @param rule the rule that does not, as it was given; null when it does, or the value is no object
 */
public record Patched(byte[] value, Problem problem, String rule) {
    /** Why a patch does not apply to a value. */
    public enum Problem {
        NOT_AN_OBJECT("the value is no JSON object"),
        ABSENT("there is no such member"),
        THERE_ALREADY("there is a member of the new name already"),
        REPEATED("there is more than one such member"),
        NO_CAST("the value cannot be read as that");

        private final String words;

        Problem(String words) {
            this.words = words;
        }

        /** The rest of a sentence that names the rule. */
        public String words() {
            return words;
        }
    }

    static Patched of(byte[] value) {
        return new Patched(value, null, null);
    }

    static Patched not(Problem problem, String rule) {
        return new Patched(null, problem, rule);
    }

    public boolean applies() {
        return problem == null;
    }
}
