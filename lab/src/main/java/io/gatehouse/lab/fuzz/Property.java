package io.gatehouse.lab.fuzz;

import java.util.List;

/**
 * Something that must hold whatever bytes are given. Depends on them alone: the same bytes give the same answer, whatever
 * was tried before.
 */
interface Property {
    /**
     * Tries one input.
     *
     * @throws PropertyBroken when the property does not hold for it; anything else that is thrown means the same
     */
    void holdsFor(byte[] input);

    /** Inputs to begin with: ordinary ones, and some at the edges of the rules. */
    List<byte[]> seeds();

    /** Pieces that inputs are made of, and that chance would be long in finding. */
    default List<String> words() {
        return List.of();
    }
}
