package io.gatehouse.lab.fault;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** A topic that takes no result, because none is small enough, until it is closed. */
final class RefusingTopic implements AutoCloseable {
    private static final String SETTING = TopicConfig.MAX_MESSAGE_BYTES_CONFIG;

    /** Below any result, and above the marks of Kafka's transactions (78 bytes), without which a broker can end none. */
    private static final int LIMIT_BYTES = 200;

    private final Admin admin;
    private final FaultyKafka kafka;
    private final ConfigResource topic;
    private final AlterConfigOp undo;

    private RefusingTopic(Admin admin, FaultyKafka kafka, ConfigResource topic, AlterConfigOp undo) {
        this.admin = admin;
        this.kafka = kafka;
        this.topic = topic;
        this.undo = undo;
    }

    static RefusingTopic of(String name, FaultyKafka kafka) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        Admin admin = Admin.create(kafka.settings());
        try {
            ConfigEntry before = kafka.get(
                            () -> admin.describeConfigs(List.of(topic)).all())
                    .get(topic)
                    .get(SETTING);
            // A topic that was told its limit is told it again; one that had the broker's has that again.
            boolean wasTold = before.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG;
            AlterConfigOp undo = new AlterConfigOp(before, wasTold ? OpType.SET : OpType.DELETE);
            RefusingTopic refusing = new RefusingTopic(admin, kafka, topic, undo);
            refusing.alter(new AlterConfigOp(new ConfigEntry(SETTING, Integer.toString(LIMIT_BYTES)), OpType.SET));
            return refusing;
        } catch (RuntimeException e) {
            admin.close();
            throw e;
        }
    }

    private void alter(AlterConfigOp operation) {
        Map<ConfigResource, Collection<AlterConfigOp>> operations = Map.of(topic, List.of(operation));
        kafka.get(() -> admin.incrementalAlterConfigs(operations).all());
    }

    @Override
    public String toString() {
        return "The topic " + topic.name() + " takes no record of more than " + LIMIT_BYTES + " bytes.";
    }

    /** Sets the limit back to what it was. */
    @Override
    public void close() {
        try (admin) {
            alter(undo);
        }
    }
}
