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
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();
    private final Decoder decoder = new Decoder(65_536, FieldNames.DEFAULTS);
    private final Login login = new Login();
    private final Verdict verdict = new Verdict();

    @Test
    void snapshotsAddUp() {
        accept();
        tally.refuse(Reason.INVALID_IP);
        TallySnapshot first = tally.snapshot(3);
        accept();
        tally.refuse(Reason.TOO_LARGE);
        TallySnapshot second = tally.snapshot(4);

        TallySnapshot sum = TallySnapshot.merge(List.of(first, second));

        assertThat(sum.accepted()).isEqualTo(3);
        assertThat(sum.activeSessions()).isEqualTo(7);
        assertThat(sum.refused()).isEqualTo(Map.of("invalid_ip", 2L, "too_large", 1L));
    }

    @Test
    void theSumOfNothingIsZero() {
        TallySnapshot sum = TallySnapshot.merge(List.of());
        assertThat(sum.accepted()).isZero();
        assertThat(sum.refused()).isEmpty();
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
            }
        });
        reader.setUncaughtExceptionHandler((thread, thrown) -> fault.set(thrown));
        reader.start();
        for (int i = 0; i < 100_000; i++) {
            accept();
        }
        reader.join(30_000);
        assertThat(reader.isAlive()).isFalse();
        assertThat(fault.get()).isNull();
    }

    private void accept() {
        login.take("{\"user_id\":\"u\",\"timestamp\":1709726400}".getBytes(UTF_8));
        decoder.decode(login, -1);
        verdict.begin(login, IpCategory.UNKNOWN, GeoTable.NOWHERE);
        tally.accept(verdict);
    }
}
