package io.gatehouse.lab.walls.broken.app;

import io.gatehouse.lab.walls.broken.lab.Broker;

final class KnowsTheLab {
    Broker broker;
}
