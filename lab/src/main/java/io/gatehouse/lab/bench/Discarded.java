package io.gatehouse.lab.bench;

import io.gatehouse.core.Publications;

/** Takes what is published as a producer would, and drops it: what nobody takes is kept by the judge, and grows. */
final class Discarded implements Publications {
    @Override
    public void session(byte[] key, byte[] value) {}

    @Override
    public void statistics(byte[] key, byte[] value) {}
}
