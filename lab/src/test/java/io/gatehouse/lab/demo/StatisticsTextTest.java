package io.gatehouse.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.app.Paint;
import io.gatehouse.app.view.Heading;
import io.gatehouse.core.tally.TallySnapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsTextTest {
    private static final Moment START = new Moment(0, 0, 0, 0, TallySnapshot.merge(List.of()), Map.of());
    private static final Moment LATER = new Moment(
            65,
            13_000,
            12,
            4_321,
            tally(),
            Map.of(Heading.COUNTRY, "US 50% DE 25%", Heading.HOUR_OF_DAY, "14h 75% 13h 25%"));

    private final StatisticsText plain = new StatisticsText(new Paint(false));

    @Test
    void ratesAreOfTheTimeBetweenTwoMoments() {
        assertThat(plain.between(START, LATER)).startsWith("01:05  in 200/s  out 185/s  lag 12  processed 12,000");
    }

    @Test
    void theMostFrequentReasonsComeFirstAndTheRestIsHintedAt() {
        assertThat(plain.between(START, LATER))
                .contains("dead letters 31 (invalid_ip 12, empty_value 8, malformed_json 5, too_large 4, …)");
    }

    @Test
    void whatMostLoginsHaveIsToldAsFarAsItIsKnown() {
        assertThat(plain.between(START, LATER))
                .contains("countries US 50% DE 25%  platforms –  versions –")
                .contains("hours 14h 75% 13h 25%");
    }

    @Test
    void theAccountNamesEveryReasonAndWhoSent() {
        assertThat(plain.account(new Moment(0, 12_031, 0, 4_321, tally(), Map.of()), 12_029))
                .contains("In   12,031 events: 12,029 generated, 2 by others.")
                .contains("Out  12,031 events: 12,000 processed")
                .contains("wrong_type 2)")
                .contains("Nothing is left over.");
    }

    @Test
    void coloursAreForTerminalsOnly() {
        assertThat(plain.between(START, LATER)).doesNotContain("\u001B");
        assertThat(new StatisticsText(new Paint(true)).between(START, LATER)).contains("\u001B[1m01:05");
    }

    private static TallySnapshot tally() {
        return new TallySnapshot(
                12_000,
                Map.of("invalid_ip", 12L, "empty_value", 8L, "malformed_json", 5L, "too_large", 4L, "wrong_type", 2L),
                4_321,
                5_000,
                1_000,
                4_000,
                7,
                9);
    }
}
