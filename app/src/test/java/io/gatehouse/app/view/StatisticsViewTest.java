package io.gatehouse.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsViewTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NOW = 1_800_000_000_000L;

    private long nowMs = NOW;
    private final StatisticsView view = new StatisticsView(Published.MINUTE_MS, () -> nowMs);
    private final Published published = new Published(view, NOW - 5_000);

    @Test
    void theLastValueOfAKeyCountsAndPartitionsAreAdded() {
        published.logins(0, 0, 3).logins(0, 1, 10).logins(0, 0, 5);

        assertThat(all().at("/logins/all/logins").asLong()).isEqualTo(15);
        assertThat(all().at("/logins/all/by/country/US").asLong()).isEqualTo(15);
        assertThat(all().at("/logins/all/processing_delay_ms/buckets/200").asLong())
                .isEqualTo(15);
        assertThat(all().at("/logins/windows/0/partitions").asInt()).isEqualTo(2);
        assertThat(all().at("/logins/windows/0/window_start").asText()).isEqualTo("2023-09-12T00:00:00Z");
    }

    @Test
    void whatIsReadLaterButWasWrittenBeforeDoesNotCount() {
        published.logins(0, 0, 5).older(0, 0, 3);
        assertThat(all().at("/logins/all/logins").asLong()).isEqualTo(5);
    }

    @Test
    void aUserOfTwoPartitionsAndTwoWindowsIsOneUser() {
        String one = "AXEB";
        String oneAndAnother = "AXEBCPAE";
        published.logins(0, 0, 1, "", one, "").logins(0, 1, 1, "", one, "");
        published.logins(1, 0, 2, "", oneAndAnother, "");

        assertThat(all().at("/logins/windows/0/distinct_users").asLong()).isEqualTo(1);
        assertThat(all().at("/logins/windows/1/distinct_users").asLong()).isEqualTo(2);
        assertThat(all().at("/logins/all/distinct_users").asLong()).isEqualTo(2);
    }

    @Test
    void theNewestSixtyWindowsAreKeptInWhateverOrderTheyCome() {
        for (int window = 0; window < 100; window += 2) {
            published.logins(window, 0, 1);
        }
        for (int window = 99; window > 0; window -= 2) {
            published.logins(window, 0, 1);
        }
        assertThat(all().at("/logins/windows")).hasSize(60);
        assertThat(all().at("/logins/windows/0/window_start").asText()).isEqualTo("2023-09-12T00:40:00Z");
        assertThat(all().at("/logins/all/logins").asLong()).isEqualTo(60);
    }

    @Test
    void windowsAnHourBeforeTheNewestAreOverEvenIfThereAreFew() {
        published.logins(0, 0, 1).logins(60, 0, 1).logins(0, 1, 1);
        assertThat(all().at("/logins/windows")).hasSize(1);
        published.logins(1, 0, 1);
        assertThat(all().at("/logins/windows")).hasSize(2);
    }

    @Test
    void aLoginFromTheFarFutureDoesNotEndAllOtherWindows() {
        published.logins(0, 0, 1);
        int minutes = (int) ((NOW - Published.START_MS) / Published.MINUTE_MS);
        published.logins(minutes + 2 * 1_440, 0, 1);
        assertThat(all().at("/logins/windows/0/window_start").asText()).isEqualTo("2023-09-12T00:00:00Z");
    }

    @Test
    void deadLettersHaveWindowsOfTheirOwn() {
        published.logins(0, 0, 1);
        published.deadLetters(1_000, 0, "wrong_type", 2).deadLetters(1_000, 1, "wrong_type", 3);
        published.deadLetters(1_001, 1, "empty_value", 1);

        assertThat(all().at("/logins/windows")).hasSize(1);
        assertThat(all().at("/dead_letters/windows")).hasSize(2);
        assertThat(all().at("/dead_letters/all").toString()).isEqualTo("{\"wrong_type\":5,\"empty_value\":1}");
    }

    @Test
    void activityIsAddedHourByHourAndOfThePastFourWeeksOnly() {
        published.activity(0, "2023-09-11", 1).activity(1, "2023-09-12", 10).activity(2, "2023-08-15", 100);
        published.activity(0, "2023-09-12", 2);

        assertThat(all().at("/activity/hours/6/23").asLong()).isEqualTo(12);
        assertThat(all().at("/activity/last_day").asText()).isEqualTo("2023-09-12");
        assertThat(all().at("/activity/partitions").asInt()).isEqualTo(2);
    }

    @Test
    void ratesAreOfTheLastMinuteOfProcessingTime() {
        published.logins(0, 0, 300).logins(0, 0, 600).deadLetters(0, 0, "wrong_type", 60);
        new Published(view, NOW - 61_000).logins(0, 1, 6_000);

        assertThat(all().at("/live/processed_per_second").asDouble()).isEqualTo(10);
        assertThat(all().at("/live/dead_letters_per_second").asDouble()).isEqualTo(1);
        nowMs += 60_000;
        assertThat(all().at("/live/processed_per_second").asDouble()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"schema_version\":1,\"kind\":\"logins\"}",
                "{\"schema_version\":1,\"kind\":\"logins\",\"window_start\":\"yesterday\"}",
                "{\"schema_version\":1,\"kind\":\"activity\",\"partition\":0,\"last_day\":\"2023-09-12\",\"hours\":[[1]]}",
                "{\"schema_version\":1,\"kind\":\"dead_letters\",\"window_start\":\"2023-09-12T00:00:00Z\","
                        + "\"window_end\":\"2023-09-12T00:01:00Z\",\"partition\":0,\"dead_letters\":{\"a\":-1}}",
                "{\"schema_version\":1,\"kind\":\"logins\",\"window_start\":\"+292278994-08-17T07:12:00Z\","
                        + "\"window_end\":\"+292278994-08-17T07:13:00Z\",\"partition\":0}",
                "{\"schema_version\":2,\"kind\":\"logins\",\"partition\":\"all\"}",
                "{\"schema_version\":1,\"kind\":\"more\",\"partition\":0}"
            })
    void whatIsNoRecordOfStatisticsIsPassedOver(String value) {
        published.logins(0, 0, 5).value(value).logins(0, 0, 6);
        assertThat(all().at("/logins/all/logins").asLong()).isEqualTo(6);
    }

    @Test
    void membersThatAreNotKnownArePassedOver() {
        published.logins(0, 0, 5, "\"planet\":{\"Earth\":5}", "", ",\"more\":{\"a\":[1,{}]}");
        assertThat(all().at("/logins/all/logins").asLong()).isEqualTo(5);
    }

    @Test
    void namesOfManyPartitionsAreBoundedAgain() {
        for (int partition = 0; partition < 3; partition++) {
            int first = partition * 100;
            String names = IntStream.range(first, first + 100)
                    .mapToObj(i -> "\"1." + i + "\":" + (1 + i))
                    .collect(Collectors.joining(","));
            published.logins(0, partition, 100, "\"version\":{" + names + ",\"other\":7}", "", "");
        }
        JsonNode versions = all().at("/logins/all/by/version");
        assertThat(versions).hasSize(257);
        assertThat(versions.get("1.299").asLong()).isEqualTo(300);
        assertThat(versions.has("1.43")).isFalse();
        assertThat(versions.get("other").asLong())
                .isEqualTo(21 + IntStream.rangeClosed(1, 44).sum());
    }

    @Test
    void nothingThatAnEventSaysCanLeaveAScriptElement() {
        String name = "</script>&'\\u2028";
        published.logins(0, 0, 1, "\"version\":{\"" + name + "\":1}", "", "");

        assertThat(page()).doesNotContain("<", ">", "&", "'", "\u2028").contains("\\u003C/script\\u003E");
        assertThat(all().at("/logins/all/by/version").fieldNames().next()).isEqualTo("</script>&'\u2028");
    }

    @Test
    void nothingThatAnEventSaysCanMoveACursor() {
        published.logins(0, 0, 1, "\"version\":{\"\\u001b[2J\":1}", "", "");
        assertThat(view().leading(Heading.VERSION)).isEqualTo("\\u001b[2J 100%");
    }

    @Test
    void theLeadingValuesAreThoseOfAHundredthOrMore() {
        published.logins(
                0,
                0,
                1_000,
                "\"hour_of_day\":{\"1\":991,\"2\":9},\"country\":{\"US\":500,\"DE\":30,\"FR\":30,\"IT\":20}",
                "",
                "");
        assertThat(view().leading(Heading.HOUR_OF_DAY)).isEqualTo("1h 99%");
        assertThat(view().leading(Heading.COUNTRY)).isEqualTo("US 50% DE 3% FR 3%");
        assertThat(view().leading(Heading.LOCALE)).isEmpty();
    }

    @Test
    void whatIsOlderIsNotWaitedForIfThereIsSomethingRecent() throws IOException {
        assertThat(view.merged()).isEmpty();
        assertThat(view.reason()).isEqualTo("the topic of statistics is being read");
        published.logins(0, 0, 1);
        assertThat(view.merged()).isEmpty();
        view.recentTaken();
        assertThat(JSON.readTree(StatisticsPage.of(view.merged().orElseThrow()))
                        .get("complete")
                        .asBoolean())
                .isFalse();
        assertThat(all().get("complete").asBoolean()).isTrue();
    }

    @Test
    void whatIsOlderIsWaitedForIfThereIsNothingRecent() {
        view.recentTaken();
        assertThat(view.merged()).isEmpty();
        published.logins(0, 0, 1);
        assertThat(view.merged()).isEmpty();
        view.allTaken();
        assertThat(view.merged()).isPresent();
    }

    @Test
    void troubleIsSaidAndWhatWasReadIsReadAnew() {
        published.logins(0, 0, 5);
        view.allTaken();
        view.interrupted("not authorised");
        assertThat(view.merged()).isEmpty();
        assertThat(view.reason()).isEqualTo("the topic of statistics cannot be read: not authorised");

        view.begin();
        published.older(0, 0, 3);
        assertThat(all().at("/logins/all/logins").asLong()).isEqualTo(3);
    }

    private MergedStatistics view() {
        view.recentTaken();
        view.allTaken();
        // What is told may be a second old.
        nowMs += 1_000;
        return view.merged().orElseThrow();
    }

    private String page() {
        return StatisticsPage.of(view());
    }

    private JsonNode all() {
        try {
            return JSON.readTree(page());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
