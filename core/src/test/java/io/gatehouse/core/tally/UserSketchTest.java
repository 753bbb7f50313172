package io.gatehouse.core.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class UserSketchTest {
    private final Random random = new Random(42);

    @Test
    void noUsersAreEstimatedAsNone() {
        assertThat(new UserSketch().estimate()).isZero();
        assertThat(new UserSketch().text()).isEmpty();
    }

    @Test
    void fewUsersAreNearlyExact() {
        UserSketch sketch = new UserSketch();
        for (int users = 1; users <= 50; users++) {
            sketch.add(random.nextLong());
            assertThat(sketch.estimate()).isBetween(users - 1L, users + 1L);
        }
    }

    @Test
    void theErrorOverManySketchesIsTheStatedOne() {
        for (int users : new int[] {1_000, 10_000, 100_000}) {
            int rounds = 200;
            double squares = 0;
            for (int round = 0; round < rounds; round++) {
                double error = sketchOf(users).estimate() / (double) users - 1;
                squares += error * error;
            }
            // A standard error of 200 rounds is itself off by 5 %; below a register each, sketches do better.
            assertThat(Math.sqrt(squares / rounds)).as("%d users", users).isLessThan(1.2 * UserSketch.STANDARD_ERROR);
        }
    }

    @Test
    void mergedSketchesTellOfTheUsersOfBoth() {
        for (int users : new int[] {100, 3_000}) {
            long seed = random.nextLong();
            UserSketch both = new UserSketch();
            UserSketch even = new UserSketch();
            UserSketch odd = new UserSketch();
            Random hashes = new Random(seed);
            for (int i = 0; i < users; i++) {
                long hash = hashes.nextLong();
                both.add(hash);
                (i % 2 == 0 ? even : odd).add(hash);
            }
            UserSketch merged = new UserSketch();
            merged.merge(even.text());
            merged.merge(odd.text());
            assertThat(merged.text()).isEqualTo(both.text());
        }
    }

    @Test
    void whatIsNoSketchIsRefused() {
        UserSketch sketch = new UserSketch();
        assertThatThrownBy(() -> sketch.merge("AAA=")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sketch.merge("EAAB")).hasMessageContaining("register 4096");
        assertThatThrownBy(() -> sketch.merge("AAD/")).hasMessageContaining("rank -1");
        assertThatThrownBy(() -> sketch.merge("?")).isInstanceOf(IllegalArgumentException.class);
    }

    private UserSketch sketchOf(int users) {
        UserSketch sketch = new UserSketch();
        for (int i = 0; i < users; i++) {
            sketch.add(random.nextLong());
        }
        return sketch;
    }
}
