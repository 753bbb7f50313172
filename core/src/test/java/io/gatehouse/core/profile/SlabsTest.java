package io.gatehouse.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlabsTest {
    private record Block(int ref, int units, byte mark) {}

    private final Slabs slabs = new Slabs();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noTwoBlocksShareAByte(long seed) {
        Random random = new Random(seed);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            if (!blocks.isEmpty() && random.nextInt(5) < 2) {
                int last = blocks.size() - 1;
                Block block = blocks.set(random.nextInt(blocks.size()), blocks.get(last));
                blocks.remove(last);
                assertUntouched(block);
                slabs.free(block.ref, block.units);
            } else {
                int units = Slabs.MIN_UNITS + random.nextInt(Slabs.MAX_UNITS - Slabs.MIN_UNITS + 1);
                Block block = new Block(slabs.allocate(units), units, (byte) random.nextInt());
                assertThat(block.ref).isNotZero();
                int at = Slabs.at(block.ref);
                Arrays.fill(slabs.slab(block.ref), at, at + units * Slabs.UNIT_BYTES, block.mark);
                blocks.add(block);
            }
        }
        blocks.forEach(this::assertUntouched);
    }

    @Test
    void churnDoesNotTakeMoreMemory() {
        Random random = new Random(4);
        List<Block> blocks = new ArrayList<>();
        int highest = 0;
        for (int i = 0; i < 200_000; i++) {
            int units = 10 + random.nextInt(11);
            Block block = new Block(slabs.allocate(units), units, (byte) 0);
            highest = Math.max(highest, block.ref >>> Slabs.UNIT_BITS);
            blocks.add(block);
            if (blocks.size() > 1_000) {
                Block freed = blocks.remove(random.nextInt(blocks.size()));
                slabs.free(freed.ref, freed.units);
            }
        }
        // A thousand blocks of 15 units on average: two slabs if they were packed.
        assertThat(highest).isLessThan(4);
    }

    private void assertUntouched(Block block) {
        byte[] slab = slabs.slab(block.ref);
        int at = Slabs.at(block.ref);
        for (int i = at; i < at + block.units * Slabs.UNIT_BYTES; i++) {
            if (slab[i] != block.mark) {
                throw new AssertionError("block " + block + " was overwritten");
            }
        }
    }
}
