package io.gatehouse.lab.walls.broken.engine;

import io.gatehouse.lab.walls.broken.peers.Contestant;

final class KnowsAPeer {
    Contestant contestant;
}
