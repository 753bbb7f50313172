package io.gatehouse.lab.check;

import static io.gatehouse.lab.check.RecordChange.and;
import static io.gatehouse.lab.check.RecordChange.doubled;
import static io.gatehouse.lab.check.RecordChange.header;
import static io.gatehouse.lab.check.RecordChange.key;
import static io.gatehouse.lab.check.RecordChange.lost;
import static io.gatehouse.lab.check.RecordChange.refusedInto;
import static io.gatehouse.lab.check.RecordChange.strayed;
import static io.gatehouse.lab.check.RecordChange.text;
import static io.gatehouse.lab.check.RecordChange.value;

import io.gatehouse.lab.check.TamperedTopic.Extent;
import io.gatehouse.lab.fault.Tampering;
import io.gatehouse.lab.generate.GeneratorHeaders;
import io.gatehouse.lab.generate.KeyChoice;
import io.gatehouse.reference.CheckReport.Kind;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Everything that may go wrong, each by itself: the check must find it, and call it by its name. */
enum SeededDefect {
    LOST_RESULT("a processed event is not written", Kind.MISSING, once(LivePipeline::processed, lost())),
    DOUBLED_RESULT("a processed event is written twice", Kind.REPEATED, once(LivePipeline::processed, doubled())),
    SWAPPED_RESULTS(
            "two processed events of a user change places",
            Kind.ORDER,
            tampered(pipeline -> new SwappedResults(pipeline.processed()))),
    EARLY_OFFSETS(
            "offsets are committed, the results before them are not",
            Kind.MISSING,
            tampered(pipeline -> new EarlyOffsets())),
    VISIBLE_ABORT(
            "a result of an aborted transaction can be read",
            Kind.REPEATED,
            tampered(pipeline -> new VisibleAbort(pipeline.kafka(), pipeline.processed()))),
    ALTERED_RESULT(
            "a byte of a processed event is another one",
            Kind.VALUE,
            once(LivePipeline::processed, text("\"enrichment\":\\{", "\"enrichment\": {"))),
    WRONG_SESSION_NUMBER(
            "a login is told another number of its session",
            Kind.VALUE,
            once(LivePipeline::processed, text("\"number\":\\d+", "\"number\":77"))),
    WRONG_SESSION_ID(
            "a login is told another session",
            Kind.VALUE,
            once(LivePipeline::processed, text("\"session\":\\{\"id\":\"..", "\"session\":{\"id\":\"zz"))),
    STALE_GEO("places come from another table", Kind.VALUE, stage -> {
        stage.traffic();
        stage.workWithOtherPlaces();
        return stage.found();
    }),
    WRONG_RESULT_KEY(
            "a processed event has another user's key", Kind.KEY, once(LivePipeline::processed, key("somebody"))),
    ADDED_RESULT_HEADER(
            "a processed event has a header that its original has not",
            Kind.HEADERS,
            once(LivePipeline::processed, header("added", "x"))),
    WRONG_SOURCE(
            "a processed event names another input record",
            Kind.UNKNOWN_SOURCE,
            once(LivePipeline::processed, text("\"offset\":\\d+\\}", "\"offset\":123456789}"))),
    NO_SOURCE(
            "a processed event names no input record",
            Kind.UNREADABLE,
            once(LivePipeline::processed, text("\"source\":", "\"sauce\":"))),

    LOST_DEAD_LETTER("a dead letter is not written", Kind.MISSING, once(LivePipeline::deadLetters, lost())),
    ALTERED_DEAD_LETTER(
            "a byte of a dead letter is missing",
            Kind.VALUE,
            once(LivePipeline::deadLetters, value(SeededDefect::withoutLastByte))),
    WRONG_DEAD_LETTER_KEY("a dead letter has another key", Kind.KEY, once(LivePipeline::deadLetters, key("another"))),
    WRONG_DEAD_LETTER_HEADER(
            "a header of a dead letter is another one",
            Kind.HEADERS,
            once(LivePipeline::deadLetters, header(GeneratorHeaders.RUN, "another"))),
    WRONG_REASON(
            "a dead letter tells another reason",
            Kind.UNINTENDED,
            once(LivePipeline::deadLetters, header("gatehouse.reason", "too_large"))),
    REFUSED_LOGIN(
            "a good login is a dead letter",
            Kind.WRONG_TOPIC,
            tampered(pipeline ->
                    new TamperedTopic(pipeline.processed(), Extent.FIRST, refusedInto(pipeline.deadLetters())))),

    LOST_SESSION("a closed session is not written", Kind.MISSING_SESSION, once(LivePipeline::sessions, lost())),
    DOUBLED_REVISION("a closed session is written twice", Kind.REVISIONS, once(LivePipeline::sessions, doubled())),
    WRONG_SESSION(
            "a closed session counts other logins than it had",
            Kind.SESSION,
            once(LivePipeline::sessions, text("\"logins\":\\d+", "\"logins\":77"))),
    UNKNOWN_SESSION(
            "a closed session is of another user",
            Kind.UNKNOWN_SESSION,
            once(LivePipeline::sessions, text("\"user_id\":\"", "\"user_id\":\"x"))),

    LOST_WINDOW(
            "a window of statistics is never written",
            Kind.MISSING_STATISTICS,
            ofOneKey(LivePipeline::statistics, lost())),
    WRONG_STATISTICS(
            "a count in a window of statistics is another one",
            Kind.STATISTICS,
            ofOneKey(LivePipeline::statistics, text("\"logins\":\\d+", "\"logins\":7777"))),
    UNKNOWN_WINDOW(
            "a window of statistics is written that there was not",
            Kind.UNKNOWN_STATISTICS,
            once(LivePipeline::statistics, and(key("2001-01-01T00:00:00Z/0")))),

    SKIPPED_IMAGES(
            "users are left out of the journal, and their partition is taken over",
            Kind.VALUE,
            takenOver(JournalDamage::withoutUsers, DefectStage::found)),
    TORN_BLOCK(
            "a block of the journal is cut short, and its partition is taken over",
            DefectStage.REFUSED,
            takenOver(JournalDamage::cut, stage -> stage.refusal("a block's checksum does not match"))),

    LOST_ROUTE("a re-keyed login is not written", Kind.MISSING, KeyChoice.RANDOM, once(LivePipeline::byUser, lost())),
    DOUBLED_ROUTE(
            "a re-keyed login is written twice",
            Kind.REPEATED,
            KeyChoice.RANDOM,
            once(LivePipeline::byUser, doubled())),
    STRAYED_ROUTE(
            "a re-keyed login is written to another partition than its user's earlier ones",
            Kind.ORDER,
            KeyChoice.RANDOM,
            once(LivePipeline::byUser, strayed(DefectStage.PARTITIONS))),

    LOST_SEND("an event whose send was acknowledged is not in the input", Kind.LOST_SEND, sent(stage -> {
        stage.lastSends().sending(DefectStage.EVENTS);
        stage.lastSends().acknowledged(DefectStage.EVENTS, 0, 0);
    })),
    REPEATED_SEND("an event whose send was not acknowledged is in the input twice", Kind.REPEATED_SEND, sent(stage -> {
        stage.lastSends().sending(DefectStage.EVENTS);
        stage.send(DefectStage.EVENTS);
        stage.send(DefectStage.EVENTS);
    })),
    MISPLACED_SEND(
            "an event is elsewhere in the input than its send was acknowledged", Kind.MISPLACED_SEND, sent(stage -> {
                stage.lastSends().sending(DefectStage.EVENTS);
                stage.send(DefectStage.EVENTS);
                stage.lastSends().acknowledged(DefectStage.EVENTS, 0, 0);
            })),
    UNKNOWN_SEND(
            "an event is in the input that was not sent",
            Kind.UNKNOWN_SEND,
            sent(stage -> stage.send(DefectStage.EVENTS)));

    /** What happens on a stage; gives what is found in the end. */
    private interface Scene {
        Set<String> play(DefectStage stage) throws InterruptedException;
    }

    private final String what;
    private final String found;
    private final KeyChoice inputKey;
    private final Scene scene;

    SeededDefect(String what, Kind found, Scene scene) {
        this(what, found.name(), KeyChoice.USER, scene);
    }

    SeededDefect(String what, Kind found, KeyChoice inputKey, Scene scene) {
        this(what, found.name(), inputKey, scene);
    }

    SeededDefect(String what, String found, Scene scene) {
        this(what, found, KeyChoice.USER, scene);
    }

    SeededDefect(String what, String found, KeyChoice inputKey, Scene scene) {
        this.what = what;
        this.found = found;
        this.inputKey = inputKey;
        this.scene = scene;
    }

    /** What goes wrong, in words. */
    String what() {
        return what;
    }

    /** As what it must be found: a {@link Kind}, or {@link DefectStage#REFUSED}. */
    String found() {
        return found;
    }

    /** What the stage's input must be keyed by. */
    KeyChoice inputKey() {
        return inputKey;
    }

    /** Gives as what it is found. */
    Set<String> play(DefectStage stage) throws InterruptedException {
        return scene.play(stage);
    }

    private static Scene tampered(Function<LivePipeline, Tampering> defect) {
        return stage -> {
            stage.traffic();
            stage.work(defect.apply(stage.pipeline()));
            return stage.found();
        };
    }

    private static Scene once(Function<LivePipeline, String> topic, RecordChange change) {
        return tampered(pipeline -> new TamperedTopic(topic.apply(pipeline), Extent.FIRST, change));
    }

    private static Scene ofOneKey(Function<LivePipeline, String> topic, RecordChange change) {
        return tampered(pipeline -> new TamperedTopic(topic.apply(pipeline), Extent.OF_ONE_KEY, change));
    }

    private static Scene takenOver(UnaryOperator<byte[]> damage, Scene end) {
        return stage -> {
            stage.traffic();
            stage.work(new TamperedTopic(stage.pipeline().state(), Extent.ALL, value(damage)));
            stage.stop();
            stage.traffic();
            stage.work();
            return end.play(stage);
        };
    }

    private static Scene sent(Consumer<DefectStage> otherwise) {
        return stage -> {
            stage.traffic();
            otherwise.accept(stage);
            stage.work();
            return stage.found();
        };
    }

    private static byte[] withoutLastByte(byte[] value) {
        return value == null || value.length == 0 ? value : Arrays.copyOf(value, value.length - 1);
    }
}
