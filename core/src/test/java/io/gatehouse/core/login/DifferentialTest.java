package io.gatehouse.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.core.geo.IpCategory;
import io.gatehouse.reference.ReferenceJudge;
import io.gatehouse.reference.Settings;
import io.gatehouse.reference.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Three readings of the same disturbed events: what the scanner accepts, the strict decoder accepts with the same values;
 * and what the strict decoder says, the reference says.
 */
class DifferentialTest {
    private static final long SEED = Long.getLong("gatehouse.seed", 20_230_912L);
    private static final int SCANNED_EVENTS = 300_000;
    private static final int RENAMED_EVENTS = 100_000;
    private static final int REFERENCE_EVENTS = 40_000;
    private static final long[] RECORD_TIMESTAMPS_MS = {Event.RECORD_MS, -1, 0, Long.MAX_VALUE};

    /** Names short and long, beyond ASCII, and such as the contract gives to other fields. */
    private static final FieldNames RENAMED = FieldNames.renamed(Map.of(
            Field.USER_ID, "the identifier of the user",
            Field.TIMESTAMP, "t",
            Field.IP, "locale",
            Field.LOCALE, "région",
            Field.DEVICE_ID, "device identifier"));

    /** The scanner's method, so that a broken one can take its place. */
    @FunctionalInterface
    interface Scan {
        boolean scan(byte[] value, Members into);
    }

    private final ObjectMapper json = new ObjectMapper();
    private FieldNames names = FieldNames.DEFAULTS;
    private int scanned;

    @Test
    void whatTheScannerAcceptsTheStrictDecoderAcceptsWithTheSameValues() {
        assertThat(firstDifferenceFromStrict(scanner(), SCANNED_EVENTS)).isEmpty();
        assertThat(scanned).isBetween(SCANNED_EVENTS / 5, SCANNED_EVENTS * 4 / 5);
    }

    @Test
    void soItIsWhereTheProducerCallsTheFieldsOtherwise() {
        names = RENAMED;
        assertThat(firstDifferenceFromStrict(scanner(), RENAMED_EVENTS)).isEmpty();
        assertThat(scanned).isBetween(RENAMED_EVENTS / 5, RENAMED_EVENTS * 4 / 5);
    }

    @Test
    void aScannerThatKnowsTheContractsNamesAloneIsCaught() {
        Scan contract = scanner();
        names = RENAMED;
        assertThat(firstDifferenceFromStrict(contract, RENAMED_EVENTS)).isPresent();
    }

    @Test
    void aScannerThatTakesControlCharactersForSpacesIsCaught() {
        Scan scanner = scanner();
        Scan broken = (value, into) -> scanner.scan(with(value, (byte) '\t', (byte) ' '), into);

        assertThat(firstDifferenceFromStrict(broken, SCANNED_EVENTS)).isPresent();
    }

    @Test
    void aScannerThatEndsTheEventWrongIsCaught() {
        Scan scanner = scanner();
        Scan broken = (value, into) -> {
            boolean isAccepted = scanner.scan(value, into);
            into.setEnd(into.end() + 1);
            return isAccepted;
        };

        assertThat(firstDifferenceFromStrict(broken, SCANNED_EVENTS)).isPresent();
    }

    @Test
    void aScannerThatMissesRepeatedNamesIsCaught() {
        Scan scanner = scanner();
        StrictDecoder strict = new StrictDecoder(new KnownNames(names));
        Scan broken =
                (value, into) -> scanner.scan(value, into) || decode(strict, value, into) == Reason.DUPLICATE_FIELD;

        assertThat(firstDifferenceFromStrict(broken, SCANNED_EVENTS)).isPresent();
    }

    @Test
    void whatTheDecoderSaysTheReferenceSays() throws IOException {
        compareWithTheReference();
    }

    @Test
    void whatTheDecoderSaysOfFieldsCalledOtherwiseTheReferenceSays() throws IOException {
        names = RENAMED;
        compareWithTheReference();
    }

    private void compareWithTheReference() throws IOException {
        ReferenceJudge reference = new ReferenceJudge(address -> null, referenceSettings());
        Decoder decoder = new Decoder(Settings.DEFAULTS.maxEventBytes(), names);
        Login login = new Login();
        EventMutator events = new EventMutator(SEED, names);
        Map<Reason, Integer> seen = new HashMap<>();
        for (int i = 0; i < REFERENCE_EVENTS; i++) {
            byte[] value = events.next();
            long recordMs = RECORD_TIMESTAMPS_MS[i % RECORD_TIMESTAMPS_MS.length];
            login.take(value);
            decoder.decode(login, recordMs);
            Verdict verdict = reference.judge(value, recordMs, "t", 0, i);

            assertThat(described(login)).as(() -> shown(value)).isEqualTo(described(verdict));
            if (login.reason() == null) {
                assertThat(texts(login)).as(() -> shown(value)).isEqualTo(texts(json.readTree(value)));
            }
            seen.merge(login.reason(), 1, Integer::sum);
        }

        assertThat(seen).containsKey(null);
        assertThat(Arrays.stream(Reason.values()).filter(reason -> !seen.containsKey(reason)))
                .containsExactly(Reason.EMPTY_VALUE, Reason.TOO_LARGE);
    }

    private Scan scanner() {
        FastScanner scanner = new FastScanner(new KnownNames(names));
        return (value, into) -> scanner.scan(value, 0, value.length, into);
    }

    private static Reason decode(StrictDecoder strict, byte[] value, Members into) {
        return strict.decode(value, 0, value.length, into);
    }

    private Settings referenceSettings() {
        Map<String, String> byLabel = new HashMap<>();
        names.byField().forEach((field, name) -> byLabel.put(field.label(), name));
        Settings usual = Settings.DEFAULTS;
        return new Settings(
                usual.maxEventBytes(),
                usual.sessionGapMs(),
                usual.retentionMs(),
                usual.sessionsLatenessMs(),
                usual.statsWindowMs(),
                true,
                byLabel);
    }

    private Optional<String> firstDifferenceFromStrict(Scan scan, int events) {
        StrictDecoder strict = new StrictDecoder(new KnownNames(names));
        EventMutator mutator = new EventMutator(SEED, names);
        Members byScanner = new Members();
        Members byStrict = new Members();
        scanned = 0;
        for (int i = 0; i < events; i++) {
            byte[] value = mutator.next();
            if (scan.scan(value, byScanner)) {
                scanned++;
                long recordMs = RECORD_TIMESTAMPS_MS[i % RECORD_TIMESTAMPS_MS.length];
                Outcome fast = outcome(value, null, byScanner, recordMs);
                Outcome expected = outcome(value, decode(strict, value, byStrict), byStrict, recordMs);
                if (!fast.equals(expected)) {
                    return Optional.of("%s%n  scanner %s%n  strict  %s".formatted(shown(value), fast, expected));
                }
            }
        }
        return Optional.empty();
    }

    private static Outcome outcome(byte[] value, Reason faultOfTheWhole, Members members, long recordMs) {
        if (faultOfTheWhole != null) {
            return Outcome.refused(faultOfTheWhole, null);
        }
        Login login = new Login();
        login.take(value);
        login.begin(members.unescaped(), members.open(), members.end());
        Validator.validate(members, recordMs, login);
        return Outcome.of(login);
    }

    /** What the reference tells of an event too. */
    private static Map<String, Object> described(Login login) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("reason", login.reason() == null ? null : login.reason().label());
        description.put("field", login.field() == null ? null : login.field().label());
        if (login.reason() == null) {
            long version = AppVersion.parse(login.appVersion());
            description.put("user_id", Outcome.string(login.userId()));
            description.put("time", login.eventTimeMs());
            description.put(
                    "members",
                    new String(login.value(), login.open(), login.end() - login.open(), StandardCharsets.UTF_8));
            description.put("ip_category", IpCategory.of(login.ip()).label());
            description.put(
                    "version",
                    version == AppVersion.NONE
                            ? null
                            : AppVersion.major(version) + "." + AppVersion.minor(version) + "."
                                    + AppVersion.patch(version));
        }
        return description;
    }

    private static Map<String, Object> described(Verdict verdict) {
        Map<String, Object> description = new LinkedHashMap<>();
        if (verdict instanceof Verdict.Refused refused) {
            description.put("reason", refused.reason());
            description.put("field", refused.field());
        } else if (verdict instanceof Verdict.Accepted accepted) {
            description.put("reason", null);
            description.put("field", null);
            description.put("user_id", accepted.userId());
            description.put("time", accepted.eventTimeMs());
            description.put("members", new String(accepted.originalMembers(), StandardCharsets.UTF_8));
            description.put("ip_category", accepted.enrichment().get("ip_category"));
            description.put(
                    "version",
                    accepted.enrichment().get("version") instanceof Map<?, ?> version
                            ? version.get("major") + "." + version.get("minor") + "." + version.get("patch")
                            : null);
        }
        return description;
    }

    private static Map<String, String> texts(Login login) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("device_type", Outcome.string(login.deviceType()));
        texts.put("app_version", Outcome.string(login.appVersion()));
        texts.put("locale", Outcome.string(login.locale()));
        texts.put("device_id", Outcome.string(login.deviceId()));
        return texts;
    }

    private Map<String, String> texts(JsonNode event) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Field field : List.of(Field.DEVICE_TYPE, Field.APP_VERSION, Field.LOCALE, Field.DEVICE_ID)) {
            texts.put(field.label(), event.path(names.of(field)).textValue());
        }
        return texts;
    }

    private static byte[] with(byte[] value, byte wanted, byte replacement) {
        byte[] copy = value.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = copy[i] == wanted ? replacement : copy[i];
        }
        return copy;
    }

    private static String shown(byte[] value) {
        return "seed %d: %s%n  bytes %s"
                .formatted(
                        SEED,
                        new String(value, StandardCharsets.UTF_8),
                        HexFormat.of().formatHex(value));
    }
}
