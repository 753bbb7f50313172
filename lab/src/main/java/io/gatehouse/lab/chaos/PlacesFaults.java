package io.gatehouse.lab.chaos;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What happens to the file that the workers have their places from. Whatever it is, an event's place stays exact. */
final class PlacesFaults {
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(15);
    private static final Duration GONE_ON = Duration.ofSeconds(4);
    /** As a worker begins to say that what is at {@code geo.database} is no use. */
    private static final String NO_USE = "what is at geo.database cannot be used";

    /** Before the number of times that it has put another table into service. */
    private static final String SWAPS = "\"swaps\":";

    private PlacesFaults() {}

    static List<Fault> all() {
        return List.of(
                new Fault("places-replaced", "the table of places renamed over by another copy", 1, scene -> {
                    long before = swaps(scene);
                    scene.places().replace();
                    await(scene, "a new table to be put into service", () -> swaps(scene) > before);
                    return scene.recoverySince(System.nanoTime());
                }),
                new Fault("places-damaged", "the table of places overwritten with another file's bytes", 1, scene -> {
                    return spoiled(scene, PlacesFile::damage);
                }),
                new Fault("places-deleted", "the table of places deleted", 1, scene -> {
                    return spoiled(scene, PlacesFile::delete);
                }));
    }

    private static Duration spoiled(Scene scene, Consumer<PlacesFile> spoiling) throws InterruptedException {
        // One that is just starting would rightly refuse to start without a table.
        await(scene, "all workers to be there", scene.workers()::allAnswer);
        spoiling.accept(scene.places());
        try {
            await(scene, "the damage to be said", () -> said(scene));
            Scene.hold(GONE_ON);
        } finally {
            scene.places().replace();
        }
        await(scene, "the new table to be taken", () -> !said(scene));
        return scene.recoverySince(System.nanoTime());
    }

    private static boolean said(Scene scene) throws InterruptedException {
        return scene.workers().present().get(0).health().contains(NO_USE);
    }

    /** How often the first worker has put another table into service. */
    private static long swaps(Scene scene) throws InterruptedException {
        String health = scene.workers().present().get(0).health();
        int at = health.indexOf(SWAPS);
        return at < 0 ? 0 : Long.parseLong(health.substring(at + SWAPS.length()).split("\\D", 2)[0]);
    }

    private static void await(Scene scene, String what, Scene.Condition condition) throws InterruptedException {
        if (!Scene.await(condition, NOTICED_WITHIN)) {
            throw new NotSurvived("waited " + NOTICED_WITHIN.toSeconds() + " s for " + what);
        }
        scene.workers().mustLive();
    }
}
