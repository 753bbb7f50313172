package io.gatehouse.lab.walls.broken.core;

import java.util.Arrays;

final class KeepsToItself {
    int[] grown(int[] old) {
        int[] copy = Arrays.copyOf(old, 9);
        System.arraycopy(old, 0, copy, 1, 1);
        return copy;
    }
}
