package io.gatehouse.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SketchTest {
    private static final long SEED = 20_260_103;

    @Test
    void nobodyIsAnEmptySketch() {
        assertThat(new Sketch().text()).isEmpty();
        assertThat(new Sketch().estimate()).isZero();
    }

    /** The registers were worked out with the hash's own library. */
    @Test
    void registersAreListedInOrder() {
        Sketch sketch = new Sketch();
        sketch.add("u");
        sketch.add("v");
        sketch.add("w");
        sketch.add("v");
        assertThat(Base64.getDecoder().decode(sketch.text())).containsExactly(2, 186, 1, 6, 16, 12, 10, 41, 3);
        assertThat(sketch.estimate()).isEqualTo(3);
    }

    @Test
    void manyRegistersAreAllTold() {
        Sketch sketch = new Sketch();
        int users = 0;
        byte[] before = {};
        while (before.length < 4096) {
            byte[] after = Base64.getDecoder().decode(sketch.text());
            assertThat(after.length).isBetween(before.length, before.length == 4095 ? 4096 : before.length + 3);
            before = after;
            sketch.add("user-" + users++);
        }
        assertThat(before).hasSize(4096);
    }

    /** Sizes around those where simpler estimators change their formula are the hard ones. */
    @ParameterizedTest
    @ValueSource(ints = {10, 100, 1000, 4096, 10_000, 14_000, 20_000, 50_000})
    void estimatesKeepToTheStatedError(int users) {
        int sketches = 20;
        Random random = new Random(SEED + users);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < sketches; i++) {
            Sketch sketch = new Sketch();
            for (int user = 0; user < users; user++) {
                sketch.add(Long.toHexString(random.nextLong()));
            }
            double error = (sketch.estimate() - users) / (double) users;
            sum += error;
            squares += error * error;
        }
        assertThat(Math.sqrt(squares / sketches)).isLessThan(1.6 * Sketch.STANDARD_ERROR);
        assertThat(sum / sketches).isCloseTo(0, within(4 * Sketch.STANDARD_ERROR / Math.sqrt(sketches)));
    }
}
