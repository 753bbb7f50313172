package io.gatehouse.lab.walls.broken.engine;

import io.gatehouse.lab.walls.broken.reference.Standard;

final class KnowsTheReference {
    Standard standard;
}
