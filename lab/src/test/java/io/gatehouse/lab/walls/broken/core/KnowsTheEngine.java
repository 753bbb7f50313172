package io.gatehouse.lab.walls.broken.core;

import io.gatehouse.lab.walls.broken.engine.Worker;

final class KnowsTheEngine {
    Worker worker;
}
