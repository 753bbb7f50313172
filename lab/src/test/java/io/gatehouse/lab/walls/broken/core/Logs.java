package io.gatehouse.lab.walls.broken.core;

import org.slf4j.Logger;

final class Logs {
    Logger log;
}
