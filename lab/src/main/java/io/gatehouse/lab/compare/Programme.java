package io.gatehouse.lab.compare;

import io.gatehouse.lab.worker.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** How the process of a contestant is made. */
@FunctionalInterface
interface Programme {
    /**
     * A process that is not yet started. It works until SIGTERM.
     *
     * @param number 0 for the first of its contestant
     * @param knobs the contestant's own settings
     * @param log for all that it says
     */
    WorkerProcess process(Ground ground, int number, Map<String, String> knobs, Path log) throws IOException;
}
