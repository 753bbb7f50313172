package io.gatehouse.lab.walls.broken.core;

import java.nio.file.Path;

final class ReadsFiles {
    Path file;
}
