package io.gatehouse.engine.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;

/** Logins of a handful of users who come back, late and twice too, and now and then something that is no login. */
final class SimTraffic {
    private static final int USERS = 12;
    /** Each has milliseconds of its own: no two sessions of a user begin alike in two partitions. */
    private static final int MOST_PARTITIONS = 4;

    private final SimKafka kafka;
    private final String topic;
    private final Random random;
    private final boolean keyed;
    private String lastEvent;
    private byte[] lastKey;
    private int lastPartition;

    SimTraffic(SimKafka kafka, String topic, Random random) {
        this(kafka, topic, random, true);
    }

    /** @param keyed whether records lie where the default partitioner puts their users, but for a few */
    SimTraffic(SimKafka kafka, String topic, Random random, boolean keyed) {
        this.keyed = keyed;
        this.kafka = kafka;
        this.topic = topic;
        this.random = random;
    }

    void append(int records) {
        for (int i = 0; i < records; i++) {
            append();
        }
    }

    private void append() {
        boolean again = lastEvent != null && random.nextInt(10) == 0;
        String user = new UUID(77, random.nextInt(USERS)).toString();
        byte[] key = again ? lastKey : user.getBytes(UTF_8);
        int partitions = kafka.partitions(topic);
        int partition = !keyed || random.nextInt(40) == 0
                ? random.nextInt(partitions)
                : Utils.toPositive(Utils.murmur2(key)) % partitions;
        partition = again ? lastPartition : partition;
        String event = again ? lastEvent : event(user, partition);
        lastEvent = event;
        lastKey = key;
        lastPartition = partition;
        kafka.log(new TopicPartition(topic, partition))
                .append(new SimLog.Entry(
                        null,
                        random.nextInt(50) == 0 ? null : key,
                        event.getBytes(UTF_8),
                        new RecordHeaders(),
                        kafka.wallMs(),
                        false));
    }

    private String event(String user, int partition) {
        if (random.nextInt(15) == 0) {
            return "{\"user_id\":\"" + user + "\"}";
        }
        long time = kafka.wallMs() - random.nextInt(5) * random.nextInt(3_600_000);
        time += partition - time % MOST_PARTITIONS;
        return "{\"user_id\":\"" + user + "\",\"timestamp\":" + time + ",\"ip\":\"8.8.8." + random.nextInt(3)
                + "\",\"device_id\":\"d" + random.nextInt(10) + "\",\"app_version\":\"1." + random.nextInt(4) + "\"}";
    }
}
