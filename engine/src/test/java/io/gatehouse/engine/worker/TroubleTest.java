package io.gatehouse.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class TroubleTest {
    @Test
    void aClientThatCannotBeMadeIsToldByTheSettingAtFault() {
        Exception failure = new KafkaException(
                "Failed to create new KafkaAdminClient", new ConfigException("No resolvable bootstrap urls given"));
        assertThat(Trouble.describe(failure))
                .contains("Kafka settings", "No resolvable bootstrap urls")
                .doesNotContain("KafkaAdminClient");
    }

    @Test
    void aBrokerThatDoesNotAnswerPointsAtItsAddress() {
        assertThat(Trouble.describe(new TimeoutException("timed out"))).contains("kafka.bootstrap.servers");
    }

    @Test
    void aMissingTopicIsToBeCreated() {
        assertThat(Trouble.describe(new UnknownTopicOrPartitionException("x"))).contains("gatehouse topics create");
    }

    @Test
    void whatIsNotAllowedPointsAtThePermissions() {
        assertThat(Trouble.describe(new TopicAuthorizationException("no"))).contains("docs/operating.md");
    }

    @Test
    void aRecordThatIsTooLargeNamesItsTopicAndItsLimit() {
        Exception failure = new SendFailedException("out", new RecordTooLargeException("1 MiB"));
        assertThat(Trouble.describe(failure)).contains("topic out", "max.message.bytes");
    }

    @Test
    void anythingElseIsToldByItsOwnWords() {
        assertThat(Trouble.describe(new KafkaException("odd"))).isEqualTo("KafkaException: odd");
    }
}
