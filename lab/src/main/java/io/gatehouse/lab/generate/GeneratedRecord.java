package io.gatehouse.lab.generate;

/**
 * One record of a {@link LoginStream}.
 *
 * @param seq its place in the stream, from 0
 * @param key never null
 * @param value null for one of the kinds of empty event
 * @param outcome what must become of it
 */
public record GeneratedRecord(long seq, byte[] key, byte[] value, Outcome outcome) {}
