package io.gatehouse.lab.walls.broken.core;

final class Prints {
    void say() {
        System.out.println();
    }
}
