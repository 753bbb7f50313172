package io.gatehouse.lab.worker;

import java.util.Map;

/**
 * How a life of a worker process differs from what its pipeline says.
 *
 * @param heapMegabytes its heap; 0 for the pipeline's
 * @param classPath where its classes are; null for those of this process
 * @param environment variables besides those of this process
 */
public record Life(int heapMegabytes, String classPath, Map<String, String> environment) {
    /** As the pipeline says. */
    public static final Life USUAL = new Life(0, null, Map.of());

    /** The same with another heap. */
    public Life withHeap(int megabytes) {
        return new Life(megabytes, classPath, environment);
    }

    /** The same with other classes. */
    public Life on(String otherClassPath) {
        return new Life(heapMegabytes, otherClassPath, environment);
    }

    /** The same with other variables. */
    public Life in(Map<String, String> otherEnvironment) {
        return new Life(heapMegabytes, classPath, otherEnvironment);
    }
}
