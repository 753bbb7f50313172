package io.gatehouse.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.login.Field;
import io.gatehouse.core.login.FieldNames;
import io.gatehouse.engine.EngineSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
    private static final String BROKERS = "kafka.bootstrap.servers=localhost:9092\n";

    @Test
    void theBrokersAreAllThatMustBeGiven() {
        Configuration configuration = Configurations.load(BROKERS);

        EngineSettings engine = configuration.engine();
        assertThat(engine.applicationId()).isEqualTo("gatehouse");
        assertThat(engine.topics())
                .isEqualTo(new EngineSettings.Topics(
                        "user-login",
                        "processed-user-login",
                        "user-login-dlq",
                        "login-sessions",
                        "login-stats",
                        "gatehouse-state"));
        assertThat(engine.commitInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(engine.judge().maxEventBytes()).isEqualTo(65536);
        assertThat(engine.judge().retentionMs()).isEqualTo(Duration.ofDays(90).toMillis());
        assertThat(configuration.http().main().port()).isEqualTo(OptionalInt.of(8080));
        assertThat(configuration.geo().database()).isEmpty();
    }

    @Test
    void fieldsAreCalledAsTheProducerCallsThem() {
        FieldNames names = Configurations.load(
                        BROKERS + "input.fields.user_id=uid\ninput.fields.ip=user_id",
                        Map.of("GATEHOUSE_INPUT_FIELDS_DEVICE_ID", "Gerät"),
                        List.of())
                .engine()
                .judge()
                .fieldNames();

        assertThat(names)
                .isEqualTo(FieldNames.renamed(
                        Map.of(Field.USER_ID, "uid", Field.IP, "user_id", Field.DEVICE_ID, "Gerät")));
    }

    @Test
    void twoFieldsOfOneNameAreAMistakeThatNamesBothKeys() {
        assertThat(Configurations.mistakes(BROKERS + "input.fields.user_id=ip", Map.of(), List.of()))
                .singleElement()
                .asString()
                .contains("input.fields.user_id", "input.fields.ip", "must differ");
    }

    @Test
    void aFieldIsNeitherCalledNothingNorLikeTheMemberThatGatehouseAdds() {
        assertThat(Configurations.mistakes(
                        BROKERS + "input.fields.locale=enrichment\ninput.fields.timestamp=", Map.of(), List.of()))
                .hasSize(2)
                .allMatch(mistake -> mistake.startsWith("input.fields.") && mistake.contains("not 'enrichment'"));
    }

    @Test
    void everyStartGetsAnInstanceIdOfItsOwn() {
        assertThat(Configurations.load(BROKERS).engine().instanceId())
                .isNotEqualTo(Configurations.load(BROKERS).engine().instanceId())
                .matches("[a-zA-Z0-9._-]+-[0-9a-f]{8}");
    }

    @Test
    void withoutBrokersTheirKeyIsMissing() {
        assertThat(Configurations.mistakes("", Map.of(), List.of()))
                .containsExactly("kafka.bootstrap.servers: is missing: must be one or more brokers as host:port,"
                        + " separated by commas");
    }

    @Test
    void brokersForOneClientAloneAreMissedByTheOthers() {
        assertThat(Configurations.mistakes("kafka.consumer.bootstrap.servers=a:1", Map.of(), List.of()))
                .hasSize(2)
                .allMatch(mistake -> mistake.contains("is missing"));
    }

    @Test
    void theEnvironmentOverridesTheFileAndTheCommandLineOverridesBoth() {
        Configuration configuration = Configurations.load(
                BROKERS + "input.topic=a\noutput.topic=b\ndead-letter.topic=c",
                Map.of("GATEHOUSE_OUTPUT_TOPIC", "b2", "GATEHOUSE_DEAD_LETTER_TOPIC", "c2", "PATH", "/bin"),
                List.of("dead-letter.topic=c3"));

        assertThat(configuration.engine().topics())
                .isEqualTo(
                        new EngineSettings.Topics("a", "b2", "c3", "login-sessions", "login-stats", "gatehouse-state"));
        assertThat(origin(configuration, "input.topic")).endsWith(".properties, line 2");
        assertThat(origin(configuration, "output.topic")).isEqualTo("environment GATEHOUSE_OUTPUT_TOPIC");
        assertThat(origin(configuration, "dead-letter.topic")).isEqualTo("-D");
        assertThat(origin(configuration, "session.gap")).isEqualTo("default");
    }

    @Test
    void aKafkaSettingInTheEnvironmentHasADotForEachUnderscore() {
        Configuration configuration = Configurations.load(
                "",
                Map.of("GATEHOUSE_KAFKA_BOOTSTRAP_SERVERS", "k:1", "GATEHOUSE_KAFKA_CONSUMER_FETCH_MIN_BYTES", "7"),
                List.of());

        assertThat(configuration.engine().producer()).containsEntry("bootstrap.servers", "k:1");
        assertThat(configuration.engine().consumer()).containsEntry("fetch.min.bytes", "7");
    }

    @Test
    void theSpecificClientSettingWinsOverTheGeneralOneInAnyOrder() {
        Configuration configuration =
                Configurations.load(BROKERS + "kafka.producer.request.timeout.ms=2000\nkafka.request.timeout.ms=3000");

        assertThat(configuration.engine().producer()).containsEntry("request.timeout.ms", "2000");
        assertThat(configuration.engine().consumer()).containsEntry("request.timeout.ms", "3000");
        assertThat(configuration.engine().admin()).containsEntry("request.timeout.ms", "3000");
    }

    @Test
    void aGeneralSettingReachesOnlyTheClientsThatKnowIt() {
        Configuration configuration = Configurations.load(BROKERS + "kafka.linger.ms=20");

        assertThat(configuration.engine().producer()).containsEntry("linger.ms", "20");
        assertThat(configuration.engine().consumer()).doesNotContainKey("linger.ms");
    }

    @Test
    void allMistakesAreReportedAtOnceEachWithItsOriginAndWhatIsAllowed() {
        List<String> mistakes = Configurations.mistakes(
                """
                commit.interval = 5 parsecs
                sesion.gap=30m
                http.port=99999
                colour=blue
                """,
                Map.of("GATEHOUSE_LOG_FORMAT", "xml", "GATEHOUSE_LOG_LEVLE", "info"),
                List.of("geo.required=perhaps", "novalue"));

        assertThat(mistakes)
                .containsExactlyInAnyOrder(
                        "GATEHOUSE_LOG_LEVLE (environment): sets no known key;" + " did you mean GATEHOUSE_LOG_LEVEL?",
                        "-D novalue: is not of the form key=value",
                        "sesion.gap (line 2): is no key of Gatehouse; did you mean session.gap?",
                        "colour (line 4): is no key of Gatehouse;" + " 'gatehouse config --reference' lists them all",
                        "kafka.bootstrap.servers: is missing: must be one or more brokers as host:port, separated by"
                                + " commas",
                        "commit.interval = \"5 parsecs\" (line 1): must be a duration from 5ms to 30s, with its unit"
                                + " (ms, s, m, h or d)",
                        "geo.required = \"perhaps\" (-D): must be true or false",
                        "http.port = \"99999\" (line 3): must be 'off' or a whole number from 0 to 65535",
                        "log.format = \"xml\" (environment GATEHOUSE_LOG_FORMAT): must be one of text, json");
    }

    @ParameterizedTest
    @CsvSource({
        "application.id, a b",
        "application.id, -a",
        "input.topic, käse",
        "input.topic, ..",
        "start, newest",
        "worker.threads, 0",
        "commit.interval, 100",
        "commit.interval, -5ms",
        "commit.interval, 99999999999d",
        "max.event.bytes, 64KB",
        "max.event.bytes, 999999999GiB",
        "profile.max-users, 1e6",
        "profile.max-users, ''",
        "geo.database, ''",
        "topics.replication, many",
        "kafka.producer.linger.ms, soon",
        "kafka.consumer.group.protocol, raft",
        "kafka.bootstrap.servers, localhost",
    })
    void aValueThatIsNotAllowedIsReportedWithItsKey(String key, String value) {
        assertThat(Configurations.mistakes(BROKERS, Map.of(), List.of(key + "=" + value)))
                .singleElement()
                .asString()
                .startsWith(key + " = \"" + value + "\" (-D): must be ");
    }

    @ParameterizedTest
    @CsvSource({
        "group.id, mine",
        "group.instance.id, one",
        "isolation.level, read_uncommitted",
        "enable.auto.commit, true",
        "auto.offset.reset, latest",
        "producer.transactional.id, x",
        "producer.enable.idempotence, false",
        "acks, 1",
        "retries, 0",
        "producer.max.in.flight.requests.per.connection, 6",
        "producer.partitioner.class, X",
        "producer.value.serializer, X",
        "consumer.interceptor.classes, X",
    })
    void whatExactlyOnceRestsOnIsRefusedByName(String setting, String value) {
        assertThat(Configurations.mistakes(BROKERS, Map.of(), List.of("kafka." + setting + "=" + value)))
                .singleElement()
                .asString()
                .startsWith("kafka." + setting + " = \"" + value + "\" (-D): may not be set: ");
    }

    @Test
    void repeatingWhatHoldsAnywayIsNoMistake() {
        assertThat(Configurations.mistakes(
                        BROKERS + "kafka.acks=all\nkafka.isolation.level=read_committed", Map.of(), List.of()))
                .isEmpty();
    }

    @Test
    void aMisspeltClientSettingIsReportedWithTheOneThatWasMeant() {
        assertThat(Configurations.mistakes(BROKERS + "kafka.producer.lingr.ms=4", Map.of(), List.of()))
                .containsExactly("kafka.producer.lingr.ms (line 2): is a setting of no Kafka client of this kind;"
                        + " did you mean linger.ms?");
    }

    @Test
    void theClassicProtocolBringsItsOwnDefaults() {
        Configuration configuration = Configurations.load(BROKERS + "kafka.consumer.group.protocol=classic");

        assertThat(configuration.engine().consumer()).containsEntry("session.timeout.ms", "10000");
        assertThat(Configurations.load(BROKERS).engine().consumer()).doesNotContainKey("session.timeout.ms");
    }

    @Test
    void aSessionTimeoutWithoutTheClassicProtocolIsTheBrokersToDecide() {
        assertThat(Configurations.mistakes(BROKERS + "kafka.consumer.session.timeout.ms=6000", Map.of(), List.of()))
                .singleElement()
                .asString()
                .contains("is the broker's to decide");
    }

    @ParameterizedTest
    @CsvSource({
        "input.topic=processed-user-login, output.topic",
        "dead-letter.topic=gatehouse-state, application.id",
        "topics.sessions=user-login-dlq, topics.sessions",
        "topics.stats=login-sessions, topics.stats",
        "commit.interval=6s, commit.interval",
        "kafka.producer.transaction.timeout.ms=150, commit.interval",
        "session.gap=7d|profile.retention=6d, session.gap",
        "kafka.producer.max.request.size=1000, kafka.producer.max.request.size",
        "kafka.producer.buffer.memory=1000000, kafka.producer.buffer.memory",
        "kafka.producer.delivery.timeout.ms=9000, kafka.producer.delivery.timeout.ms",
        "shutdown.timeout=1s|commit.interval=600ms, shutdown.timeout",
        "http.management-port=8080, http.management-port",
        "http.tls.key=key.pem, http.tls.key",
    })
    void keysThatDoNotFitTogetherAreReported(String definitions, String blamed) {
        assertThat(Configurations.mistakes(BROKERS, Map.of(), List.of(definitions.split("\\|"))))
                .singleElement()
                .asString()
                .startsWith(blamed + " = ");
    }

    @ParameterizedTest
    @CsvSource({
        "http.address=0.0.0.0, http.address",
        "http.address=::, http.address",
        "http.address=gatehouse.example, http.address",
        "http.address=localhost.example, http.address",
        "http.address=127.0.0.1.example, http.address",
        "http.address=::ffff:10.0.0.1, http.address",
        "http.management-port=9090|http.management-address=10.1.2.3, http.management-address",
        "http.port=off|http.management-port=9090|http.management-address=::, http.management-address",
    })
    void otherMachinesAreNotServedInPlainTextByAccident(String definitions, String blamed) {
        List<String> given = List.of(definitions.split("\\|"));
        assertThat(Configurations.mistakes(BROKERS, Map.of(), given))
                .singleElement()
                .asString()
                .startsWith(blamed + " = ")
                .contains("must be a loopback address", "http.tls.certificate", "http.insecure=true");
        assertThat(Configurations.mistakes(BROKERS + "http.insecure=true", Map.of(), given))
                .isEmpty();
        assertThat(Configurations.mistakes(BROKERS + "http.tls.certificate=chain.pem", Map.of(), given))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http.address=127.0.0.1",
        "http.address=127.8.9.10",
        "http.address=::1",
        "http.address=localhost",
        "http.address=0.0.0.0|http.port=off",
        "http.management-address=0.0.0.0",
    })
    void thisMachineIsServedInPlainText(String definitions) {
        assertThat(Configurations.mistakes(BROKERS, Map.of(), List.of(definitions.split("\\|"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, false, false", "10.0.0.1, false, true", "10.0.0.1, true, false"})
    void theManagementPortSpeaksTlsToOtherMachinesUnlessPlainTextIsAllowed(
            String address, boolean insecure, boolean encrypted) {
        HttpSettings http = Configurations.load(BROKERS + "http.tls.certificate=chain.pem\nhttp.management-port=9090\n"
                        + "http.management-address=" + address + "\nhttp.insecure=" + insecure)
                .http();

        assertThat(http.isManagementEncrypted()).isEqualTo(encrypted);
    }

    @Test
    void secretsAreShownNeitherInMistakesNorInEntries() {
        String secret = "org.apache.kafka.Login required password=\"hunter2\";";
        Configuration configuration = Configurations.load(BROKERS + "kafka.sasl.jaas.config=" + secret
                + "\nhttp.tls.certificate=chain.pem\nhttp.tls.password=hunter2");

        assertThat(configuration.engine().consumer()).containsEntry("sasl.jaas.config", secret);
        assertThat(configuration.http().toString()).doesNotContain("hunter2");
        assertThat(configuration.entries()).extracting(Entry::shownValue).noneMatch(value -> value.contains("hunter2"));
        assertThat(Configurations.mistakes(
                        BROKERS,
                        Map.of("GATEHOUSE_SSL_KEY_PASSWORD", "hunter2"),
                        List.of("kafka.ssl.key.pasword=hunter2", "kafka.ssl.keystore.passwort=hunter2")))
                .hasSize(3)
                .noneMatch(mistake -> mistake.contains("hunter2"));
    }

    @Test
    void aClassThatCannotBeLoadedIsAMistake() {
        String name = CannotBeLoaded.class.getName();
        assertThat(Configurations.mistakes(BROKERS + "kafka.sasl.login.class=" + name, Map.of(), List.of()))
                .containsExactly(
                        "kafka.sasl.login.class = \"" + name + "\" (line 2): must be what Kafka allows here: class");
    }

    private static final class CannotBeLoaded {
        private static final int NONE = Integer.parseInt("none");
    }

    @Test
    void whatCanBeNoPathIsAMistake() {
        assertThat(Configurations.mistakes(
                        BROKERS + "geo.database=/nowhere\\u0000", Map.of(), List.of("http.tls.certificate=/a\0b")))
                .containsExactlyInAnyOrder(
                        "geo.database = \"/nowhere\\u0000\" (line 2): must be 'built-in' or the path of a geo table or MMDB"
                                + " file",
                        "http.tls.certificate = \"/a\\u0000b\" (-D): must be 'off' or the path of a PEM file or PKCS #12"
                                + " keystore");
    }

    @Test
    void aSecretStaysOneWhereItIsGivenInTheWrongForm() {
        assertThat(Configurations.mistakes(
                        BROKERS,
                        Map.of(),
                        List.of("http.tls.password: hunter2", "http.tls.password hunter2", "=hunter2")))
                .containsExactly(
                        "-D http.tls.password…: is not of the form key=value",
                        "-D http.tls.password…: is not of the form key=value",
                        "-D …: is not of the form key=value");
    }

    @Test
    void aSecretStaysOneWhereItIsGivenTwiceUnderAMisspeltName() {
        assertThat(Configurations.mistakes(
                        BROKERS + "http.tls.pasword=hunter2\nhttp.tls.pasword=hunter2", Map.of(), List.of()))
                .hasSize(2)
                .noneMatch(mistake -> mistake.contains("hunter2"));
    }

    @Test
    void aKeyThatIsGivenTwiceInAFileIsReported() {
        assertThat(Configurations.mistakes(BROKERS + "start=latest\n\nstart=earliest", Map.of(), List.of()))
                .containsExactly("start (line 4): is given a second time; the first is on line 2");
    }

    @Test
    void aMissingFileIsReported() {
        assertThat(Configurations.mistakes(BROKERS, Map.of(), List.of())).isEmpty();
        List<Mistake> mistakes = new ArrayList<>();
        PropertiesFile.read(Path.of("/no/such/file"), mistakes);
        assertThat(mistakes).singleElement().hasToString("configuration file /no/such/file: there is no such file");
    }

    @Test
    void continuedLinesAreOneValueWithItsFirstLine() {
        List<Entry> entries =
                PropertiesFile.parse("f", "# not \\\na=1\nb = x,\\\n    y\nc=\\u00e4\\\\\nd:4\n", new ArrayList<>());

        assertThat(entries)
                .containsExactly(
                        new Entry("a", "1", "f, line 2"),
                        new Entry("b", "x,y", "f, line 3"),
                        new Entry("c", "ä\\", "f, line 5"),
                        new Entry("d", "4", "f, line 6"));
    }

    @Test
    void controlCharactersInAValueAreNotPrintedRaw() {
        assertThat(Configurations.mistakes(BROKERS, Map.of(), List.of("start=\u001b[31mlatest")))
                .containsExactly("start = \"\\u001b[31mlatest\" (-D): must be one of earliest, latest");
    }

    @Test
    void whatAClusterPutsIntoTheEnvironmentForAServiceOfThisNameIsNoMistake() {
        assertThat(Configurations.mistakes(
                        BROKERS,
                        Map.of(
                                "GATEHOUSE_SERVICE_HOST", "10.0.0.1",
                                "GATEHOUSE_SERVICE_PORT", "8080",
                                "GATEHOUSE_SERVICE_PORT_HTTP", "8080",
                                "GATEHOUSE_PORT", "tcp://10.0.0.1:8080",
                                "GATEHOUSE_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                                "GATEHOUSE_PORT_8080_TCP_ADDR", "10.0.0.1"),
                        List.of()))
                .isEmpty();
    }

    private static String origin(Configuration configuration, String key) {
        return configuration.entries().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .orElseThrow()
                .origin();
    }
}
