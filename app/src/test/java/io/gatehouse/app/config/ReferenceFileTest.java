package io.gatehouse.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReferenceFileTest {
    private static final Pattern COMMENTED = Pattern.compile("#([a-z0-9.-]+)=(.*)");

    @Test
    void theReferenceFileListsEveryKeyWithTheDefaultOfTheCodeAndNoOther() {
        List<Mistake> mistakes = new ArrayList<>();
        Map<String, String> listed = new TreeMap<>();
        PropertiesFile.parse("reference", reference(), mistakes)
                .forEach(entry -> listed.put(entry.key(), entry.value()));

        Map<String, String> expected = new TreeMap<>();
        Keys.ALL.forEach(key -> expected.put(key.name(), key.defaultText()));
        KafkaDefaults.common().forEach((setting, value) -> expected.put("kafka." + setting, value));
        for (KafkaClient client : KafkaClient.values()) {
            KafkaDefaults.of(client).forEach((setting, value) -> expected.put(client.prefix() + setting, value));
        }

        assertThat(mistakes).isEmpty();
        assertThat(listed).isEqualTo(expected);
    }

    @Test
    void whatIsCommentedOutIsTheClassicProtocolAndTheBrokers() {
        Map<String, String> commented = new TreeMap<>();
        reference()
                .lines()
                .map(COMMENTED::matcher)
                .filter(Matcher::matches)
                .forEach(m -> commented.put(m.group(1), m.group(2)));

        Map<String, String> expected = new TreeMap<>();
        KafkaDefaults.CLASSIC_CONSUMER.forEach((setting, value) -> expected.put("kafka.consumer." + setting, value));
        expected.put("kafka.bootstrap.servers", "");

        assertThat(commented).isEqualTo(expected);
    }

    @Test
    void everyDefaultIsAllowed() {
        assertThat(Keys.ALL).allSatisfy(key -> assertThat(key.kind().read().apply(key.defaultText()))
                .isPresent());
    }

    @Test
    void everyListedKeyHasAReasonAboveIt() {
        List<String> lines = reference().lines().toList();
        for (int i = 1; i < lines.size(); i++) {
            String before = lines.get(i - 1);
            if (lines.get(i).matches("[a-z].*=.*")) {
                assertThat(before).as("above " + lines.get(i)).isNotBlank();
            }
        }
    }

    @Test
    void everyRefusedSettingIsNamed() {
        for (KafkaClient client : KafkaClient.values()) {
            assertThat(KafkaRefusals.names(client))
                    .allSatisfy(name -> assertThat(reference()).contains(name));
        }
    }

    @Test
    void theReferenceFileIsItselfAValidConfiguration() {
        Configuration configuration = Configurations.load(reference() + "\nkafka.bootstrap.servers=localhost:9092");
        assertThat(configuration.engine().topics().state()).isEqualTo("gatehouse-state");
    }

    private static String reference() {
        try (InputStream in =
                Configuration.class.getResourceAsStream("/io/gatehouse/app/gatehouse-reference.properties")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
