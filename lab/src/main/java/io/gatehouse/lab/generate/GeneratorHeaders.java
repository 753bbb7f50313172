package io.gatehouse.lab.generate;

/** Names of the headers on each generated record. */
public final class GeneratorHeaders {
    /** Which run of the generator the record is of. */
    public static final String RUN = "generator.run";

    /** The record's place in its run, decimal, from 0. */
    public static final String SEQ = "generator.seq";

    /** What must become of it: {@link Outcome#label()}. */
    public static final String OUTCOME = "generator.outcome";

    private GeneratorHeaders() {}
}
