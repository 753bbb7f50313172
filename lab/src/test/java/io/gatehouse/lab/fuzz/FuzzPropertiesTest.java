package io.gatehouse.lab.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.config.Configuration;
import io.gatehouse.app.config.Entry;
import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.engine.state.JournalHeader;
import io.gatehouse.engine.state.JournalReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each property can fail: held against something broken in a way that a defect might be, a seed is enough to break it. */
class FuzzPropertiesTest {
    @Test
    void aDecoderThatTakesAByteOrderMarkIsCaught() {
        assertCaught(new DecoderProperty(
                reading(value -> value.startsWith("\u00EF\u00BB\u00BF") ? value.substring(3) : value)));
    }

    @Test
    void aDecoderThatAcceptsWhatFollowsTheEventIsCaught() {
        assertCaught(new DecoderProperty(
                reading(value -> value.endsWith("}}") ? value.substring(0, value.length() - 1) : value)));
    }

    @Test
    void aDecoderThatAsksNoRecordsTimestampIsCaught() {
        assertCaught(new DecoderProperty(records -> Judges.core(records.stream()
                .map(record -> new Judge.Input(record.value(), -1))
                .toList())));
    }

    @Test
    void aCoreThatChangesAByteOfAResultIsCaught() {
        assertCaught(new DecoderProperty(records -> Judges.core(records).stream()
                .map(outcome -> outcome.value() == null
                        ? outcome
                        : new Judge.Outcome(
                                null, null, outcome.key(), outcome.value().replace("\"device\"", "\"Device\"")))
                .toList()));
    }

    @Test
    void aCoreThatNamesAnotherFieldIsCaught() {
        assertCaught(new DecoderProperty(records -> Judges.core(records).stream()
                .map(outcome -> new Judge.Outcome(outcome.reason(), null, outcome.key(), outcome.value()))
                .toList()));
    }

    @Test
    void anAddressParserThatTakesLeadingZerosIsCaught() {
        assertCaught(new IpProperty(reading(value -> value.replace("\"010.", "\"10."))));
    }

    @Test
    void anAddressParserThatTakesAZoneIsCaught() {
        assertCaught(new IpProperty(reading(value -> value.replace("%eth0", ""))));
    }

    @Test
    void aVersionParserThatTakesACapitalVIsCaught() {
        assertCaught(new VersionProperty(reading(value -> value.replace("\"V", "\"v"))));
    }

    @Test
    void aCoreThatForgetsTheVersionBeforeIsCaught() {
        assertCaught(new VersionProperty(records -> records.stream()
                .flatMap(record -> Judges.core(List.of(record)).stream())
                .toList()));
    }

    @Test
    void aTimestampParserThatTakesASecondSixtyIsCaught() {
        assertCaught(new TimestampProperty(reading(value -> value.replace(":60Z", ":59Z"))));
    }

    @Test
    void aJournalReaderThatChecksNoChecksumIsCaught() {
        assertCaught(new JournalProperty((block, judge) -> JournalReader.restore(sealed(block), judge)));
    }

    @Test
    void aJournalReaderThatLosesAnImageIsCaught() {
        assertCaught(new JournalProperty((block, judge) -> {
            int[] read = {0};
            JournalHeader header = JournalReader.images(block, (image, version) -> {
                if (read[0]++ > 0) {
                    judge.restore(image, version);
                }
            });
            judge.restoreEventTime(header.eventTimeMs());
            return header;
        }));
    }

    @Test
    void aJournalReaderThatRunsPastTheEndIsCaught() {
        assertCaught(new JournalProperty((block, judge) -> {
            ByteBuffer.wrap(block).getLong(52);
            return JournalReader.restore(block, judge);
        }));
    }

    @Test
    void aTableReaderThatFindsNoPlaceIsCaught() {
        assertCaught(new GeoProperty(file -> {
            GeoTable.read(file);
            return GeoTable.empty();
        }));
    }

    @Test
    void aTableReaderThatRunsPastTheEndIsCaught() {
        assertCaught(new GeoProperty(file -> {
            file.get(file.getInt(8) - 1);
            return GeoTable.read(file);
        }));
    }

    @Test
    void aConfigurationThatShowsASecretIsCaught() {
        assertCaught(new ConfigurationProperty((sources, broker) -> with(
                Configuration.load(sources, broker),
                entry -> new Entry("input.topic", entry.value(), entry.origin()))));
    }

    @Test
    void aConfigurationThatFailsOtherwiseThanByItsMistakesIsCaught() {
        assertCaught(new ConfigurationProperty((sources, broker) -> {
            if (sources.definitions().contains("http.port=99999")) {
                throw new IllegalStateException("no such port");
            }
            return Configuration.load(sources, broker);
        }));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotBrokenIsNotCaught(FuzzTarget target) {
        assertThat(isCaught(target.property())).isFalse();
    }

    private static void assertCaught(Property property) {
        assertThat(isCaught(property)).isTrue();
    }

    /** As the fuzzer sees it: whatever is thrown is a finding. */
    private static boolean isCaught(Property property) {
        for (byte[] seed : property.seeds()) {
            try {
                property.holdsFor(seed);
            } catch (RuntimeException | AssertionError broken) {
                return true;
            }
        }
        return false;
    }

    /** A core that reads something else than what is there; texts have a character for each byte. */
    private static Judge reading(UnaryOperator<String> change) {
        Function<Judge.Input, Judge.Input> changed = record -> new Judge.Input(
                change.apply(new String(record.value(), ISO_8859_1)).getBytes(ISO_8859_1), record.timestampMs());
        return records -> Judges.core(records.stream().map(changed).toList());
    }

    private static Configuration with(Configuration configuration, UnaryOperator<Entry> change) {
        return new Configuration(
                configuration.engine(),
                configuration.geo(),
                configuration.http(),
                configuration.log(),
                configuration.newTopics(),
                configuration.entries().stream().map(change).toList());
    }

    private static byte[] sealed(byte[] block) {
        if (block.length < 60) {
            return block;
        }
        byte[] sealed = block.clone();
        CRC32C checksum = new CRC32C();
        checksum.update(sealed, 8, sealed.length - 8);
        ByteBuffer.wrap(sealed).order(ByteOrder.LITTLE_ENDIAN).putInt(4, (int) checksum.getValue());
        return sealed;
    }
}
