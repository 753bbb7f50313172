package io.gatehouse.app.capacity;

/**
 * Bytes of an event at the brokers, compressed.
 *
 * @param input as the producers write it
 * @param byUser the same once more, routed by user; 0 where the input is keyed
 * @param results what goes to the processed topic; dead letters count as such
 * @param sessions its share of closed sessions
 * @param journal its share of the state topic
 * @param in all that comes in, the brokers' copies among it
 * @param out all that goes out
 */
record Traffic(double input, double byUser, double results, double sessions, double journal, double in, double out) {
    static Traffic of(Measured measured, Assumptions assumed) {
        double input = measured.inputBytes() * assumed.eventBytes / measured.eventBytes();
        double byUser = assumed.isRekeyed ? input : 0;
        // What is added to an event does not grow with it.
        double results = input + measured.resultBytes() - measured.inputBytes();
        double written = input + byUser + results + measured.sessionBytes() + measured.journalBytes();
        double copies = written * (assumed.replication - 1);
        double read = input + byUser + results * assumed.readers;
        return new Traffic(
                input,
                byUser,
                results,
                measured.sessionBytes(),
                measured.journalBytes(),
                written + copies,
                read + copies);
    }
}
