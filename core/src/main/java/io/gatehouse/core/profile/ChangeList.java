package io.gatehouse.core.profile;

import java.util.Arrays;

/** The records changed since the journal last took them, in the order in which they changed first. */
final class ChangeList {
    private static final int FIRST_CAPACITY = 64;

    private int[] refs = new int[FIRST_CAPACITY];
    private int size;

    void add(int ref) {
        if (size == refs.length) {
            refs = Arrays.copyOf(refs, 2 * size);
        }
        refs[size++] = ref;
    }

    int size() {
        return size;
    }

    int ref(int index) {
        return refs[index];
    }

    void clear() {
        size = 0;
    }
}
