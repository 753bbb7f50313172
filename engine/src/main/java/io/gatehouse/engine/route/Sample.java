package io.gatehouse.engine.route;

import io.gatehouse.core.login.Decoder;
import io.gatehouse.core.login.Login;
import io.gatehouse.engine.EngineSettings.Partitioning;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Some records of the input, and whether they lie where Kafka's default partitioner puts their users. */
public final class Sample {
    /** More than a handful of users, few enough to be read in a moment. */
    public static final int MOST_RECORDS = 1_000;

    private final Decoder decoder;
    private final int partitions;
    private final Login login = new Login();
    private int records;
    private int logins;
    private int otherKeys;
    private int otherPartitions;

    /** @param partitions how many the input has */
    public Sample(Decoder decoder, int partitions) {
        this.decoder = decoder;
        this.partitions = partitions;
    }

    public void take(ConsumerRecord<byte[], byte[]> record) {
        records++;
        login.take(record.value());
        decoder.decode(login, record.timestamp());
        if (login.reason() == null) {
            logins++;
            byte[] userId = login.userId().bytesOr(record.key());
            if (userId != record.key()) {
                otherKeys++;
            } else if (Placement.of(userId, partitions) != record.partition()) {
                otherPartitions++;
            }
        }
        login.take(null);
    }

    public boolean isEmpty() {
        return records == 0;
    }

    /** What these records call for. Where none of them is a login, re-keying: it is right for any input. */
    public Partitioning choice() {
        return logins > 0 && otherKeys == 0 && otherPartitions == 0 ? Partitioning.KEYED : Partitioning.REKEY;
    }

    /** Why, in words. */
    public String why() {
        if (logins == 0) {
            return "none of the newest " + records + " records is a login";
        }
        if (otherKeys > 0) {
            return otherKeys + " of the newest " + logins + " logins are not keyed by user_id";
        }
        if (otherPartitions > 0) {
            return otherPartitions + " of the newest " + logins
                    + " logins lie in another partition than the default partitioner's";
        }
        return "the newest " + logins + " logins are keyed by user_id and lie where the default partitioner puts them";
    }
}
