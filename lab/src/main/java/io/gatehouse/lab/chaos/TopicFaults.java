package io.gatehouse.lab.chaos;

import java.time.Duration;
import java.util.List;

/**
 * What happens to topics and rights. Rights come back; the rest leaves nothing to go on with, so it is done to pipelines of
 * their own: what is refused must be said and must do no harm, and what the documentation tells to do must mend it.
 */
final class TopicFaults {
    private static final Duration WITHDRAWN = Duration.ofSeconds(8);
    private static final Duration SAID_WITHIN = Duration.ofSeconds(30);

    private TopicFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault(
                        "rights-withdrawn",
                        "the workers' rights to the processed topic withdrawn for 8 s",
                        1,
                        TopicFaults::withdrawRights),
                new Fault("state-deleted", "the state topic deleted and created again", 1, scene -> {
                    // Seen while it works: deleted and created again. Seen by a new owner: empty, it was deleted.
                    return onASide(scene, Side::deleteState, "was deleted");
                }),
                new Fault("journal-damaged", "a bit of a block of each journal altered", 1, scene -> {
                    return onASide(scene, Side::damageJournals, "cannot be read");
                }),
                new Fault("input-deleted", "the input topic deleted and created again", 1, scene -> {
                    return onASide(scene, Side::deleteInput, "deleted and created again");
                }),
                new Fault("partitions-added", "partitions added to the input topic", 1, scene -> {
                    return onASide(scene, Side::addPartitions, "partitions were added");
                }));
    }

    private static Duration withdrawRights(Scene scene) throws InterruptedException {
        String topic = scene.pipeline().processedTopic();
        scene.cluster().withdraw(topic);
        try {
            boolean isSaid = Scene.await(
                    () -> {
                        for (Worker worker : scene.workers().present()) {
                            if (worker.health().contains("not authorised")) {
                                return true;
                            }
                        }
                        return false;
                    },
                    SAID_WITHIN);
            if (!isSaid) {
                throw new NotSurvived("no worker says that it is not authorised");
            }
            Scene.hold(WITHDRAWN);
        } finally {
            scene.cluster().restore(topic);
        }
        return scene.recoverySince(System.nanoTime());
    }

    /** What breaks a pipeline for good. */
    @FunctionalInterface
    private interface Breaking {
        void carryOut(Side side) throws InterruptedException;
    }

    private static Duration onASide(Scene scene, Breaking breaking, String said) throws InterruptedException {
        try (Side side = scene.sides().begin()) {
            breaking.carryOut(side);
            side.mustSay(said, SAID_WITHIN);
            side.mustDoNoHarm();
            return side.mend();
        }
    }
}
