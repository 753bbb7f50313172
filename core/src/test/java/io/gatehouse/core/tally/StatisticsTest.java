package io.gatehouse.core.tally;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.IpCategory;
import io.gatehouse.core.login.Decoder;
import io.gatehouse.core.login.FieldNames;
import io.gatehouse.core.login.Login;
import io.gatehouse.core.login.Reason;
import io.gatehouse.core.login.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final long START_MS = 1_709_287_200_000L;
    private static final long WINDOW_MS = 60_000;

    private final Statistics statistics = statistics(WINDOW_MS);
    private final Decoder decoder = new Decoder(65_536, FieldNames.DEFAULTS);
    private final Login login = new Login();
    private final Verdict verdict = new Verdict();
    private final List<String> published = new ArrayList<>();
    private final List<byte[]> journal = new ArrayList<>();

    @Test
    void anOpenWindowIsPublishedOnceInAnInterval() {
        accept(START_MS, "");
        statistics.publish(0, this::publish);
        accept(START_MS + 1, "");
        statistics.publish(4_999, this::publish);
        assertThat(published).hasSize(1);
        statistics.publish(5_000, this::publish);
        statistics.publish(10_000, this::publish);
        assertThat(published).hasSize(2);
        assertThat(published.get(1)).contains("\"logins\":2,");
    }

    @Test
    void aClosedSessionCountsInTheNewestWindow() {
        accept(START_MS, "");
        statistics.publish(0, this::publish);
        statistics.countClosedSessions(1);
        statistics.publishAll(this::publish);
        assertThat(published.get(1)).contains("\"logins\":1,", "\"sessions_closed\":1,");
    }

    /** The day that it names would be another one, and perhaps none. */
    @Test
    void aDayOfAnotherLengthIsRefused() {
        accept(START_MS, "");
        statistics.drainChanges(this::journal);
        byte[] day =
                journal.stream().filter(image -> image[0] == 0b1011).findFirst().orElseThrow();
        day[1]++;

        assertThatThrownBy(() -> statistics.restore(ByteBuffer.wrap(day)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a day of another length");
    }

    @Test
    void nothingIsJournaledTwice() {
        accept(START_MS, "WA");
        statistics.refuse(Reason.INVALID_IP, START_MS);
        statistics.publishAll(this::publish);
        statistics.drainChanges(this::journal);
        assertThat(journal).isNotEmpty();
        journal.clear();
        statistics.drainChanges(this::journal);
        assertThat(journal).isEmpty();
    }

    @Test
    void whatWasPublishedIsNotPublishedAgainByTheNextOwner() {
        accept(START_MS, "WA");
        statistics.refuse(Reason.INVALID_IP, START_MS);
        statistics.publishAll(this::publish);
        statistics.drainChanges(this::journal);
        published.clear();
        Statistics successor = restored(WINDOW_MS);
        successor.publishAll(this::publish);
        assertThat(published).isEmpty();
    }

    @Test
    void windowsOfAnotherLengthAreNotCountedInAnyFurther() {
        accept(START_MS, "WA");
        statistics.drainChanges(this::journal);
        Statistics successor = restored(2 * WINDOW_MS);
        successor.publishAll(this::publish);
        assertThat(published).isEmpty();
    }

    @Test
    void aWindowFullOfTheLongestNamesIsOneRecordBelowAMebibyte() {
        for (int i = 0; i < 300; i++) {
            accept(START_MS, "\\u0001".repeat(250) + i);
        }
        statistics.publishAll(this::publish);
        assertThat(published).hasSize(1);
        assertThat(published.get(0)).contains("\"other\":44");
        assertThat(published.get(0).length()).isLessThan(1 << 20);
        statistics.drainChanges(this::journal);
        assertThat(journal).allMatch(image -> image.length <= ImageFormat.MAX_BYTES);
    }

    @Test
    void delaysCountInTheFirstBucketThatTheyDoNotExceed() {
        long[] delays = {-5, 1, 2, 3, 5, 6, 10, 11, 99, 200, 201, 1_000_000, 1_000_001, Long.MAX_VALUE};
        String[] buckets = {"1", "1", "2", "5", "5", "10", "10", "20", "100", "200", "500", "1000000", "more", "more"};
        for (int i = 0; i < delays.length; i++) {
            assertThat(DelayBuckets.name(DelayBuckets.of(delays[i])))
                    .as("%d ms", delays[i])
                    .isEqualTo(buckets[i]);
        }
    }

    @Test
    void bytesThatAreNoImageAreRefused() {
        accept(START_MS, "WA");
        statistics.drainChanges(this::journal);
        byte[] image = journal.get(0);
        assertThatThrownBy(() -> statistics.restore(ByteBuffer.wrap(image, 0, 9)))
                .hasMessageContaining("shorter than any");
        assertThatThrownBy(() -> statistics.restore(ByteBuffer.wrap(image, 0, image.length - 1)))
                .hasMessageContaining("cut short");
    }

    private Statistics restored(long windowMs) {
        Statistics successor = statistics(windowMs);
        journal.forEach(image -> successor.restore(ByteBuffer.wrap(image)));
        return successor;
    }

    private static Statistics statistics(long windowMs) {
        return new Statistics(0, windowMs, 5_000);
    }

    private void accept(long eventTimeMs, String locale) {
        String event = "{\"user_id\":\"u\",\"timestamp\":" + eventTimeMs + ",\"locale\":\"" + locale + "\"}";
        login.take(event.getBytes(UTF_8));
        decoder.decode(login, -1);
        verdict.begin(login, IpCategory.UNKNOWN, GeoTable.NOWHERE);
        statistics.accept(login, verdict, GeoTable.empty(), eventTimeMs);
    }

    private void publish(byte[] key, byte[] value) {
        published.add(new String(value, UTF_8));
    }

    private void journal(byte[] source, int from, int lengthBytes) {
        journal.add(
                ByteBuffer.allocate(lengthBytes).put(source, from, lengthBytes).array());
    }
}
