package io.gatehouse.core.tally;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.IpCategory;
import io.gatehouse.core.login.Decoder;
import io.gatehouse.core.login.FieldNames;
import io.gatehouse.core.login.Login;
import io.gatehouse.core.login.Reason;
import io.gatehouse.core.login.Verdict;
import io.gatehouse.core.tally.TallySnapshot.Count;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally(GeoTable.empty());
    private final Decoder decoder = new Decoder(65_536, FieldNames.DEFAULTS);
    private final Login login = new Login();
    private final Verdict verdict = new Verdict();

    @Test
    void theFirst256VersionsAreCountedByNameAndTheOthersTogether() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 300; i++) {
                accept("1." + i);
            }
        }
        accept("other");
        List<Count> versions = tally.snapshot(0).versions();

        assertThat(versions).hasSize(257);
        assertThat(versions.get(0)).isEqualTo(new Count("other", 89));
        assertThat(versions).contains(new Count("1.0", 2), new Count("1.255", 2));
        assertThat(versions.stream().mapToLong(Count::count).sum()).isEqualTo(601);
    }

    @Test
    void versionsAreToldApartByTheirSpelling() {
        accept("1.0");
        accept("v1.0");
        accept("1.0");
        accept("");
        assertThat(tally.snapshot(0).versions())
                .containsExactly(new Count("1.0", 2), new Count("", 1), new Count("v1.0", 1));
    }

    @Test
    void snapshotsAddUp() {
        accept("1.0");
        tally.refuse(Reason.INVALID_IP);
        TallySnapshot first = tally.snapshot(3);
        accept("2.0");
        tally.refuse(Reason.TOO_LARGE);
        TallySnapshot second = tally.snapshot(4);

        TallySnapshot sum = TallySnapshot.merge(List.of(first, second));

        assertThat(sum.accepted()).isEqualTo(3);
        assertThat(sum.activeSessions()).isEqualTo(7);
        assertThat(sum.refused()).isEqualTo(Map.of("invalid_ip", 2L, "too_large", 1L));
        assertThat(sum.versions()).containsExactly(new Count("1.0", 2), new Count("2.0", 1));
        assertThat(sum.platforms()).containsExactly(new Count("unknown", 3));
        assertThat(sum.hours().get(12)).isEqualTo(3);
    }

    @Test
    void theSumOfNothingIsZero() {
        TallySnapshot sum = TallySnapshot.merge(List.of());
        assertThat(sum.accepted()).isZero();
        assertThat(sum.hours()).hasSize(24).containsOnly(0L);
        assertThat(sum.versions()).isEmpty();
    }

    @Test
    void anotherThreadSeesWholeCountsThatNeverGoBack() throws InterruptedException {
        AtomicReference<Throwable> fault = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            long seen = 0;
            while (seen < 100_000) {
                TallySnapshot snapshot = tally.snapshot(0);
                assertThat(snapshot.accepted()).isBetween(seen, 100_000L);
                seen = snapshot.accepted();
                assertThat(snapshot.versions())
                        .allMatch(version -> version.value().startsWith("1."));
            }
        });
        reader.setUncaughtExceptionHandler((thread, thrown) -> fault.set(thrown));
        reader.start();
        for (int i = 0; i < 100_000; i++) {
            accept("1." + i % 256);
        }
        reader.join(30_000);
        assertThat(reader.isAlive()).isFalse();
        assertThat(fault.get()).isNull();
    }

    private void accept(String version) {
        String event = "{\"user_id\":\"u\",\"timestamp\":1709726400,\"app_version\":\"" + version + "\"}";
        login.take(event.getBytes(UTF_8));
        decoder.decode(login, -1);
        verdict.begin(login, IpCategory.UNKNOWN, GeoTable.NOWHERE);
        tally.accept(login, verdict);
    }
}
