package io.gatehouse.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Lags;
import io.gatehouse.app.Paint;
import io.gatehouse.engine.lag.GroupMember;
import io.gatehouse.engine.lag.LagReport;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusTest {
    private static final URI URL = URI.create("http://host-1:8080");
    private static final LagReport FINE = Reports.of(Lags.ok(0));

    @Test
    void allThatIsAskedFirstStandsOnTheScreenInThatOrder() {
        HealthAnswer health = new HealthAnswer(
                "not ready",
                "1.2.3",
                List.of("partition 2 is held back: offsets and state disagree"),
                List.of("partition 1: 3 records are not keyed"));
        Instance instance = new Instance(URL, null, health, 297, 3, 0.25, 0);

        assertThat(text(status(Reports.of(Lags.stalled(2)), true, instance)))
                .containsExactly(
                        "STALLED: 1 stalled. 12,400 records wait; seen for 10 s",
                        "",
                        "instance            state      version  processed/s  dead letters  99 % within  ledger",
                        "http://host-1:8080  not ready  1.2.3            297         1.0 %        0.3 s       0",
                        "http://host-1:8080: partition 2 is held back: offsets and state disagree",
                        "http://host-1:8080: warning: partition 1: 3 records are not keyed",
                        "",
                        "judging of user-login, group gatehouse (stable, 1 member)",
                        "partition  owner                       committed      end     lag  in/s  out/s  verdict  drained in",
                        "        2  gatehouse-a-0 at /10.0.0.1    100,000  112,400  12,400   500      0  stalled       never",
                        "partition 2 is stalled: 12,400 records wait, and nothing has been committed for 45 s",
                        "readers of processed-user-login are held up in partition 1: an open transaction has kept back 12"
                                + " records for 75 s",
                        "",
                        "members of gatehouse",
                        "  gatehouse-a-0 at /10.0.0.1: partitions 0 1");
    }

    @Test
    void allIsWellWhenEveryPartitionIsOkAndEveryInstanceReady() {
        assertThat(status(FINE, true, ready(0)).isWell()).isTrue();
        assertThat(status(Reports.of(Lags.fallingBehind(0)), true, ready(0)).isWell())
                .isFalse();
        assertThat(status(FINE, true, ready(1)).isWell()).isFalse();
    }

    @Test
    void anInstanceThatIsSilentIsMissedWhenItWasNamed() {
        Instance silent = Instance.silent(URL, "it does not answer: Connection refused");

        assertThat(status(FINE, true, silent).isWell()).isFalse();
        assertThat(status(FINE, false, silent).isWell()).isTrue();
        assertThat(text(status(FINE, true, silent)))
                .contains("http://host-1:8080: it does not answer: Connection refused");
    }

    @Test
    void instancesAreToldWhileKafkaIsAway() {
        Status status = new Status(null, "the broker does not answer", List.of(ready(0)), true, Instant.EPOCH);

        assertThat(text(status))
                .contains("LAG NOT KNOWN: the broker does not answer")
                .anyMatch(line -> line.startsWith("http://host-1:8080  ready"));
        assertThat(status.isWell()).isFalse();
    }

    @Test
    void nothingThatMembersOrInstancesSayReachesTheTerminalAsItIs() {
        HealthAnswer evil = new HealthAnswer("re\u001Bady", "\u001B[2J", List.of("\u001B[31m"), List.of("\u202E"));
        GroupMember member = new GroupMember("\u001B[2J", "\n", List.of());
        Status status =
                status(Reports.of(member, Lags.ok(0)), true, new Instance(URL, null, evil, 0, 0, 0, Double.NaN));

        assertThat(String.join("|", text(status))).doesNotContain("\u001B", "\n", "\u202E");
    }

    @Test
    void aScreenThatIsTooLowShowsTheTopAndSaysHowMuchItLacks() {
        List<String> lines = List.of("1", "2", "3", "4", "5");

        assertThat(Looking.fitting(lines, 6)).isEqualTo(lines);
        assertThat(Looking.fitting(lines, 5)).containsExactly("1", "2", "3", "… and 2 more lines");
    }

    private static Status status(LagReport lag, boolean isComplete, Instance instance) {
        return new Status(lag, null, List.of(instance), isComplete, Instant.EPOCH);
    }

    private static Instance ready(double ledgerDifference) {
        return new Instance(
                URL, null, new HealthAnswer("ready", "1.2.3", List.of(), List.of()), 10, 0, 0.25, ledgerDifference);
    }

    private static List<String> text(Status status) {
        return status.text(Paint.NONE, 200);
    }
}
