package io.gatehouse.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScrapeTest {
    private static final String EARLIER = """
            # HELP gatehouse_processed_total Events judged and accepted
            # TYPE gatehouse_processed_total counter
            gatehouse_processed_total 1000.0
            gatehouse_dead_letters_total{reason="invalid_ip"} 3.0
            gatehouse_dead_letters_total{reason="wrong_type"} 4.0
            gatehouse_ledger_difference{partition="0"} 0.0
            gatehouse_ledger_difference{partition="1"} -2.0
            gatehouse_event_age_seconds_bucket{le="0.25"} 100
            gatehouse_event_age_seconds_bucket{le="1.0"} 100
            gatehouse_event_age_seconds_bucket{le="+Inf"} 100
            jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 1.2E7
            """;

    @Test
    void theFiguresThatCountAreRead() {
        Scrape scrape = Scrape.parse(EARLIER, 5);

        assertThat(scrape.processed()).isEqualTo(1000);
        assertThat(scrape.deadLetters()).isEqualTo(7);
        assertThat(scrape.ledgerDifference()).isEqualTo(2);
    }

    @Test
    void theAgeIsOfWhatCameSince() {
        String later = EARLIER.replace("le=\"0.25\"} 100", "le=\"0.25\"} 190")
                .replace("le=\"1.0\"} 100", "le=\"1.0\"} 200")
                .replace("le=\"+Inf\"} 100", "le=\"+Inf\"} 200");

        assertThat(Scrape.parse(later, 5).ageSince(Scrape.parse(EARLIER, 0))).isEqualTo(1.0);
        assertThat(Scrape.parse(EARLIER, 5).ageSince(Scrape.parse(EARLIER, 0))).isNaN();
    }

    @Test
    void anAgeBeyondAllBucketsIsInfinite() {
        String later = EARLIER.replace("le=\"+Inf\"} 100", "le=\"+Inf\"} 300");

        assertThat(Scrape.parse(later, 5).ageSince(Scrape.parse(EARLIER, 0))).isInfinite();
    }

    @Test
    void aPageOfSomethingElseTellsNothing() {
        Scrape scrape = Scrape.parse("<html>\n{}\nx y z\n", 0);

        assertThat(scrape.processed()).isNaN();
        assertThat(scrape.ageSince(scrape)).isNaN();
    }

    @Test
    void countersThatFellAreThoseOfAnotherProcess() {
        Scrape before = Scrape.parse(EARLIER, 0);

        assertThat(Scrape.parse("gatehouse_processed_total 3.0", 1).continues(before))
                .isFalse();
        assertThat(Scrape.parse(EARLIER, 1).continues(before)).isTrue();
    }
}
