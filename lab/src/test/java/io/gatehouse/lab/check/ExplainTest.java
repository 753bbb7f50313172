package io.gatehouse.lab.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.Engine;
import io.gatehouse.engine.EngineSettings.Partitioning;
import io.gatehouse.engine.route.Placement;
import io.gatehouse.engine.state.ChoiceRecord;
import io.gatehouse.engine.state.FreshStart;
import io.gatehouse.engine.state.JournalHeader;
import io.gatehouse.engine.state.JournalWriter;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code gatehouse explain} against a real broker. */
@Timeout(120)
class ExplainTest {
    private static final String USER = "424cdd21-063a-43a7-b91b-7ca1a833afae";

    @RegisterExtension
    private static final LiveBroker BROKER = new LiveBroker();

    private String out;
    private String err;

    @Test
    void aLoginIsToldStepByStepAndComparedWithWhatWasWritten() throws Exception {
        explained("explained", "input.partitioning=keyed");
    }

    @Test
    void aReKeyedLoginIsFoundByItsUser() throws Exception {
        explained("explained-by-user", "input.partitioning=rekey");
    }

    private void explained(String name, String partitioning) throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), name, partitioning).createTopics();
                Admin admin = Admin.create(pipeline.kafka())) {
            Engine engine = pipeline.startEngine();
            LivePipeline.awaitPartitions(engine);
            RecordMetadata first = send(pipeline, USER, event(1_694_479_551, "2.3.0"));
            send(pipeline, USER, event(1_694_479_600, "2.4.0"));
            RecordMetadata refused = send(pipeline, "x", "{\"user_id\":\"\\u001b[31m\",\"timestamp\":1694479551}");
            LivePipeline.await(() -> engine.status().tally().accepted() == 2
                    && !engine.status().tally().refused().isEmpty());
            engine.close();
            Collection<TransactionListing> before =
                    admin.listTransactions().all().get();

            assertThat(explain(pipeline, first)).as(err).isZero();
            assertThat(out)
                    .contains("user_id              " + USER)
                    .contains("ip_category          public")
                    .contains("range                199.172.")
                    .contains("table                DB-IP City Lite")
                    .contains("session              number 1, login 2")
                    .contains("version 2.4.0")
                    .contains("then                 result " + pipeline.processed())
                    .contains("today                result")
                    .contains("then  {\"platform\":\"android\",\"is_new\":true,\"known_devices\":1}")
                    .contains("today {\"platform\":\"android\",\"is_new\":false,\"known_devices\":1}")
                    .contains("day_of_week          \"Tuesday\"");

            assertThat(explain(pipeline, refused)).as(err).isZero();
            assertThat(out)
                    .contains("refused              invalid_user_id", "field                user_id", "hint ")
                    .contains("then                 dead letter " + pipeline.deadLetters())
                    .contains("today                dead letter")
                    .doesNotContain("\u001b");
            assertThat(admin.listTransactions().all().get()).hasSameSizeAs(before);
        }
    }

    @Test
    void whatIsNotThereIsSaid() {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "nothing").createTopics()) {
            assertThat(explain(pipeline, pipeline.input() + "/0/0")).isEqualTo(1);
            assertThat(err).contains("there is no record nothing-user-login/0/0", "from offset 0 to 0");
            assertThat(explain(pipeline, pipeline.input() + "/9/0")).isEqualTo(1);
            assertThat(err).contains("there is no partition 9");
            assertThat(explain(pipeline, pipeline.processed() + "/0/0")).isEqualTo(1);
            assertThat(err).contains("records of the input are explained");
            assertThat(explain(pipeline, "elsewhere")).isEqualTo(2);
            assertThat(err).contains("elsewhere is not TOPIC/PARTITION/OFFSET");
        }
    }

    @Test
    void aUserIsLookedForWhereThePresentPartitioningPutsThem() throws Exception {
        try (LivePipeline pipeline = new LivePipeline(BROKER.bootstrap(), "repartitioned").createTopics();
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(pipeline.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            JournalHeader header = new JournalHeader(0, 0, 0, 4, ChoiceRecord.codeOf(Partitioning.REKEY), 0, 0);
            for (byte[] value : List.of(
                    ChoiceRecord.of(Partitioning.KEYED),
                    FreshStart.record(),
                    new JournalWriter().finish(header).get(0))) {
                producer.send(new ProducerRecord<>("repartitioned-state", 0, null, value))
                        .get();
            }
            int ofTheUser = Placement.of(USER.getBytes(UTF_8), 4);
            int elsewhere = (ofTheUser + 1) % 4;
            byte[] event = event(1_694_479_551, "2.3.0").getBytes(UTF_8);
            RecordMetadata sent = producer.send(new ProducerRecord<>(pipeline.input(), elsewhere, null, event))
                    .get();
            assertThat(explain(pipeline, sent)).as(err).isZero();
            assertThat(out).contains("(partition " + ofTheUser + " of the state topic)");
        }
    }

    private static String event(long seconds, String version) {
        return "{\"user_id\":\"" + USER + "\",\"app_version\":\"" + version
                + "\",\"device_type\":\"android\",\"ip\":\"199.172.111.135\",\"locale\":\"RU\","
                + "\"device_id\":\"593-47-5928\",\"timestamp\":\"" + seconds + "\"}";
    }

    private static RecordMetadata send(LivePipeline pipeline, String key, String value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(pipeline.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(pipeline.input(), key.getBytes(UTF_8), value.getBytes(UTF_8)))
                    .get();
        }
    }

    private int explain(LivePipeline pipeline, RecordMetadata record) {
        return explain(pipeline, record.topic() + "/" + record.partition() + "/" + record.offset());
    }

    private int explain(LivePipeline pipeline, String place) {
        CommandRun run = pipeline.command("explain", place);
        out = run.out();
        err = run.err();
        return run.exitCode();
    }
}
