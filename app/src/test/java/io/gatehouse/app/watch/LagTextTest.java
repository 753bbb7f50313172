package io.gatehouse.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Lags;
import io.gatehouse.app.Paint;
import io.gatehouse.engine.lag.LagReport;
import io.gatehouse.engine.lag.PartitionLag;
import java.util.List;
import org.junit.jupiter.api.Test;

class LagTextTest {
    private static final LagReport INCIDENT =
            Reports.of(Lags.ok(0), Lags.fallingBehind(1), Lags.stalled(2), Lags.stopped(3), Lags.draining(4));

    private final LagText plain = new LagText(Paint.NONE, 200);

    @Test
    void theFirstLineTellsTheWorstAndHowManyThereAreOfEach() {
        assertThat(plain.headline(INCIDENT))
                .isEqualTo("STOPPED: 1 stopped, 1 stalled, 1 falling behind, 2 ok."
                        + " 37,207 records wait; seen for 10 s");
        assertThat(plain.headline(Reports.of(Lags.ok(0)))).isEqualTo("OK: 1 ok. 0 records wait; seen for 10 s");
        assertThat(plain.headline(Reports.empty())).startsWith("UNKNOWN: there are no partitions");
    }

    @Test
    void partitionsStandBelowWithTheWorstFirst() {
        assertThat(plain.details(INCIDENT))
                .containsExactly(
                        "",
                        "judging of user-login, group gatehouse (stable, 1 member)",
                        "partition  owner                       committed      end     lag  in/s  out/s  verdict         drained in",
                        "        3  nobody                        100,000  100,007       7     0      0  stopped              never",
                        "        2  gatehouse-a-0 at /10.0.0.1    100,000  112,400  12,400   500      0  stalled              never",
                        "        1  gatehouse-a-0 at /10.0.0.1    100,000  112,400  12,400   500    200  falling behind       never",
                        "        0  gatehouse-a-0 at /10.0.0.1    100,000  100,000       0   200    200  ok                     0 s",
                        "        4  gatehouse-a-0 at /10.0.0.1    100,000  112,400  12,400   200    300  ok                 2 m 4 s",
                        "partition 3 is stopped: nobody owns it, and 7 records wait",
                        "partition 2 is stalled: 12,400 records wait, and nothing has been committed for 45 s",
                        "partition 1 falls behind: 12,400 records wait, 300 more each second",
                        "readers of processed-user-login are held up in partition 1: an open transaction has kept back 12"
                                + " records for 75 s");
    }

    @Test
    void nothingIsWiderThanTheScreenAndWhatMattersMostStays() {
        for (int columns = 45; columns < 120; columns++) {
            LagText narrow = new LagText(Paint.NONE, columns);
            List<String> lines = narrow.details(INCIDENT);
            int bound = columns;
            assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(bound));
            assertThat(narrow.headline(INCIDENT)).hasSizeLessThanOrEqualTo("STOPPED".length() + bound);
            assertThat(lines).anyMatch(line -> line.contains("partition") && line.contains("verdict"));
        }
        assertThat(new LagText(Paint.NONE, 80).details(INCIDENT).get(2))
                .isEqualTo("partition  owner                       lag  in/s  out/s  verdict         drained in"
                        .replace("owner                       lag", "   lag"));
    }

    @Test
    void colourIsOnTheVerdictAloneAndCountsForNothingInTheWidth() {
        LagText colourful = new LagText(new Paint(true), 200);

        assertThat(colourful.headline(INCIDENT)).startsWith("\u001B[1;31mSTOPPED\u001B[0m: ");
        assertThat(colourful.details(INCIDENT).get(4)).contains("  \u001B[1;31mstalled\u001B[0m        ");
        assertThat(colourful.details(INCIDENT).stream().map(LagTextTest::stripped))
                .containsExactlyElementsOf(plain.details(INCIDENT));
    }

    @Test
    void whatMembersCallThemselvesReachesNoTerminal() {
        PartitionLag evil = Lags.ownedBy("\u001B[2Jgate\nhouse at /10.0.0.1");

        assertThat(String.join("\n", plain.details(Reports.of(evil))))
                .contains("\\u001b[2Jgate\\u000ahouse")
                .doesNotContain("\u001B");
    }

    @Test
    void aTopicThatIsMissingIsSaid() {
        assertThat(plain.details(Reports.empty())).anyMatch(line -> line.contains("user-login does not exist"));
    }

    private static String stripped(String line) {
        return line.replaceAll("\u001B\\[[0-9;]*m", "");
    }
}
