package io.gatehouse.lab.walls.broken.engine;

import io.gatehouse.lab.walls.broken.app.Root;

final class KnowsTheApp {
    Root root;
}
