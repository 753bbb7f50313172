package io.gatehouse.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.engine.replay.OffsetRanges.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetSetTest {
    private static final long FAR = 999_999_999_999_000_000L;

    @Test
    void itHoldsWhatWasWrittenAsRangesAndNothingElse() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            long base = random.nextBoolean() ? 0 : FAR;
            TreeSet<Long> offsets = new TreeSet<>();
            for (int i = random.nextInt(300); i >= 0; i--) {
                offsets.add(base + random.nextInt(random.nextBoolean() ? 200 : 300_000));
            }
            OffsetSet set = new OffsetSet();
            String text = OffsetRanges.text(OffsetRanges.of(new ArrayList<>(offsets)));
            for (Range range : OffsetRanges.parse(text, 1_000)) {
                set.add(range.first(), range.last());
            }
            for (long offset = base; offset < base + 300_000; offset++) {
                assertThat(set.contains(offset)).isEqualTo(offsets.contains(offset));
            }
        }
    }

    @Test
    void neighboursAreWrittenAsOneRange() {
        List<Range> ranges = OffsetRanges.of(List.of(12L, 13L, 14L, 17L, 20L, 21L));
        assertThat(OffsetRanges.text(ranges)).isEqualTo("12-14,17,20-21");
        assertThat(ranges.stream().mapToLong(Range::length).sum()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "5-", "5-4", "-5", "1,,2", "1-101", "1-60,61-101", "0-999999999999999999", "1 2"})
    void whatIsNoRangeOrHoldsMoreThanIsBelievedIsRefused(String text) {
        assertThatThrownBy(() -> OffsetRanges.parse(text, 100)).isInstanceOf(IllegalArgumentException.class);
    }
}
