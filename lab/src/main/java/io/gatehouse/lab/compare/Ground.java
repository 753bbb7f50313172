package io.gatehouse.lab.compare;

import io.gatehouse.lab.worker.Pipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a contestant finds: the same for all of them, but for names of their own.
 *
 * @param application beginning of its topics, groups and transactional ids
 * @param input the topic to work off
 * @param isRekeyed whether its keys are random, so that logins have to be taken to their users' partitions first
 * @param heapMegabytes of all its processes together
 * @param commitInterval between commits, or checkpoints
 * @param places the built-in table of places, as an MMDB file
 * @param table the same as Gatehouse reads it
 * @param outputs real results, for who only copies
 * @param directory of its own, for what it keeps on disk
 */
record Ground(
        String bootstrap,
        String application,
        String input,
        boolean isRekeyed,
        int partitions,
        int heapMegabytes,
        Duration commitInterval,
        Path places,
        Path table,
        Path outputs,
        Path directory) {
    /** The pipeline that a contestant stands in for: its topics, and what Gatehouse itself would be told. */
    Pipeline pipeline(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("input.topic", input);
        all.put("commit.interval", commitInterval.toMillis() + "ms");
        all.putAll(settings);
        return new Pipeline(bootstrap, application, partitions, heapMegabytes, all);
    }

    String processed() {
        return pipeline(Map.of()).processedTopic();
    }

    String deadLetters() {
        return pipeline(Map.of()).deadLetterTopic();
    }

    String sessions() {
        return pipeline(Map.of()).configuration().engine().topics().sessions();
    }

    /** The topic between two stages, where there are two. */
    String byUser() {
        return application + "-by-user";
    }
}
