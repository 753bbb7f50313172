package io.gatehouse.lab.walls.broken.core;

final class AsksTheSystemClock {
    long now() {
        return System.currentTimeMillis();
    }
}
