package io.gatehouse.lab.walls.broken.core;

import java.io.File;

final class ReadsOldFiles {
    File file;
}
