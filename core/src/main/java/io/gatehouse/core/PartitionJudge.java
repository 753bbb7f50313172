package io.gatehouse.core;

import io.gatehouse.core.geo.GeoTable;
import io.gatehouse.core.geo.GeoTables;
import io.gatehouse.core.geo.IpCategory;
import io.gatehouse.core.login.Decoder;
import io.gatehouse.core.login.Encoder;
import io.gatehouse.core.login.Login;
import io.gatehouse.core.login.Verdict;
import io.gatehouse.core.profile.ImageSink;
import io.gatehouse.core.profile.Profile;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.core.tally.ImageFormat;
import io.gatehouse.core.tally.Statistics;
import io.gatehouse.core.tally.Tally;
import io.gatehouse.core.tally.TallySnapshot;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Judges the logins of one partition in order, and holds what is remembered of its users. Single-threaded, but for
 * {@link #tally()}, which other threads may read.
 *
 * <p>This page is a login's whole way: {@link #judge} takes a batch through its steps, each in a loop of its own. So waits
 * for main memory overlap, and each loop is compiled by itself: in one loop over all steps the compiler runs out of room to
 * inline, in another place each time. Only remembering depends on the logins before; its loop goes in their order.
 */
public final class PartitionJudge implements AutoCloseable {
    /** Of the format in which images are handed over. */
    public static final int IMAGE_VERSION = Profile.IMAGE_VERSION;

    private final GeoTables tables;
    private final Decoder decoder;
    private final boolean profileEnabled;
    private final boolean statsEnabled;
    /** Stays empty where memory is off. */
    private final Profile profile;

    private final Tally tally;
    private final Statistics statistics;
    private final Encoder encoder;
    private GeoTable geo;
    /** Written only so that reading ahead is not optimised away. */
    private int touched;

    private long eventTimeMs = Long.MIN_VALUE;

    /**
     * @param topic the source's name as it appears in {@code source.topic}
     * @param partition the source's partition
     */
    public PartitionJudge(JudgeSettings settings, GeoTable geo, UserBudget budget, String topic, int partition) {
        this(settings, new GeoTables(geo), budget, topic, partition, new SecureRandom().nextLong());
    }

    /** @param seed what users are spread and sampled with */
    PartitionJudge(JudgeSettings settings, GeoTable geo, UserBudget budget, String topic, int partition, long seed) {
        this(settings, new GeoTables(geo), budget, topic, partition, seed);
    }

    /**
     * A judge whose table may be replaced.
     *
     * @param topic the source's name as it appears in {@code source.topic}
     * @param partition the source's partition
     * @param seed what users are spread and sampled with; one that nobody can foresee, so that nobody can choose users who
     *     collide
     */
    public PartitionJudge(
            JudgeSettings settings, GeoTables tables, UserBudget budget, String topic, int partition, long seed) {
        this.tables = tables;
        this.geo = tables.current();
        this.decoder = new Decoder(settings.maxEventBytes(), settings.fieldNames());
        this.profileEnabled = settings.profileEnabled();
        this.statsEnabled = settings.keepsStatistics();
        this.profile = new Profile(
                settings.sessionGapMs(),
                settings.retentionMs(),
                settings.sessionsLatenessMs(),
                settings.publishesSessions(),
                budget,
                seed,
                Batch.CAPACITY);
        this.tally = new Tally();
        this.statistics = new Statistics(partition, settings.statsWindowMs(), settings.statsPublishIntervalMs());
        this.encoder = new Encoder(geo, topic, partition);
    }

    /**
     * Judges all records of a batch, in order, and leaves the verdicts in it.
     *
     * @param nowMs wall clock, epoch milliseconds: {@code processed_timestamp}
     */
    public void judge(Batch batch, long nowMs) {
        decode(batch);
        judgeDecoded(batch, nowMs);
    }

    /** The same for a batch that {@link #decode} has seen, with nothing added since. */
    public void judgeDecoded(Batch batch, long nowMs) {
        takeTable(tables.current());
        encoder.setNow(nowMs);
        profile.setNow(nowMs);
        if (profileEnabled) {
            profile.prepare(batch.logins, batch.size());
        }
        locate(batch);
        remember(batch);
        count(batch, nowMs);
        encode(batch);
    }

    /**
     * Decodes all records of a batch, and changes nothing that is remembered: {@link Batch#reason} tells what is refused.
     */
    public void decode(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            if (batch.told[i] == null) {
                decoder.decode(batch.logins[i], batch.timestampsMs[i]);
            } else {
                batch.logins[i].refuse(batch.told[i], null);
            }
        }
    }

    /** Between batches, so that a place's number never meets another table than the one it comes from. */
    private void takeTable(GeoTable current) {
        if (current != geo) {
            geo = current;
            encoder.takeTable(current);
        }
    }

    /** Nothing but the search in its loop: so that the waits of many searches overlap. */
    private void locate(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Login login = batch.logins[i];
            boolean isPublic = login.reason() == null && IpCategory.of(login.ip()) == IpCategory.PUBLIC;
            batch.places[i] = isPublic ? geo.find(login.ip()) : GeoTable.NOWHERE;
        }
        int sum = 0;
        for (int i = 0; i < batch.size(); i++) {
            sum += geo.touch(batch.places[i]);
        }
        touched = sum;
    }

    private void remember(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Login login = batch.logins[i];
            if (login.reason() == null) {
                eventTimeMs = Math.max(eventTimeMs, login.eventTimeMs());
                Verdict verdict = batch.verdicts[i];
                verdict.begin(login, IpCategory.of(login.ip()), batch.places[i]);
                if (profileEnabled) {
                    verdict.setCountry(geo.countryLetters(batch.places[i]));
                    profile.judge(i, login, verdict);
                }
            }
        }
    }

    private void count(Batch batch, long nowMs) {
        for (int i = 0; i < batch.size(); i++) {
            Login login = batch.logins[i];
            if (login.reason() == null) {
                tally.accept(batch.verdicts[i]);
                if (statsEnabled) {
                    statistics.accept(login, batch.verdicts[i], geo, nowMs);
                }
            } else {
                tally.refuse(login.reason());
                if (statsEnabled) {
                    statistics.refuse(login.reason(), batch.timestampsMs[i]);
                }
            }
        }
    }

    private void encode(Batch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Login login = batch.logins[i];
            if (login.reason() == null) {
                batch.outputs[i] = batch.partitions[i] == Batch.OWN_PARTITION
                        ? encoder.encode(login, batch.verdicts[i], batch.offsets[i])
                        : encoder.encode(login, batch.verdicts[i], batch.partitions[i], batch.offsets[i]);
                batch.outputKeys[i] = login.userId().bytesOr(batch.keys[i]);
            }
        }
    }

    /**
     * Hands over what is due to be published, nothing where memory is off: to be called after each batch, before
     * {@link #drainChanges}, so that what is published and the memory that it was become durable together; and while
     * nothing comes in, at least once a second. Does a bounded amount of work.
     *
     * @param nowMs wall clock, epoch milliseconds
     */
    public void publish(long nowMs, Publications to) {
        if (profileEnabled) {
            profile.setNow(nowMs);
            int closed = profile.publish(eventTimeMs, to::session);
            tally.closeSessions(closed);
            if (statsEnabled && closed > 0) {
                statistics.countClosedSessions(closed);
            }
        }
        if (statsEnabled) {
            statistics.publish(nowMs, to::statistics);
        }
    }

    /** Hands over what would be due soon, too: before the partition is given up in order. */
    public void publishAll(Publications to) {
        if (statsEnabled) {
            statistics.publishAll(to::statistics);
        }
    }

    /**
     * Hands over the images of all users changed or forgotten since the last call, and counts them as journaled. Each
     * user comes once, but for one who was forgotten and came back: then the later image is the later one handed over.
     */
    public void drainChanges(ImageSink sink) {
        profile.drainChanges(sink);
        statistics.drainChanges(sink);
    }

    /** Begins a round of the sweep: from here on, users count as not journaled until an image of them is handed over. */
    public void beginSweep() {
        profile.beginSweep();
        statistics.forgetJournal();
    }

    /**
     * Moves the hand on and hands over images of users that have not been journaled since the round began, until about
     * {@code maxBytes} are written or the round ends. Users whose retention is over are forgotten on the way. Changes not
     * drained before are drained, whatever they take.
     *
     * @return true when the round has ended (or none is under way)
     */
    public boolean sweep(int maxBytes, ImageSink sink) {
        statistics.drainChanges(sink);
        return profile.sweep(maxBytes, eventTimeMs, sink);
    }

    /**
     * Takes over one image; a later image of the same user replaces an earlier one.
     *
     * @param version of the format that it was written in: {@link #IMAGE_VERSION} or the one before
     * @throws IllegalArgumentException when the bytes are no image of that version
     */
    public void restore(ByteBuffer image, int version) {
        if (ImageFormat.isStatistics(image)) {
            statistics.restore(image);
        } else {
            profile.restore(image, version);
        }
    }

    /** Takes over the partition's event time from the journal's header. */
    public void restoreEventTime(long newEventTimeMs) {
        eventTimeMs = newEventTimeMs;
        profile.restoreEventTime(newEventTimeMs);
        statistics.restoreEventTime(newEventTimeMs);
    }

    /** The largest event time accepted so far, epoch milliseconds; {@link Long#MIN_VALUE} before the first. */
    public long eventTimeMs() {
        return eventTimeMs;
    }

    public int users() {
        return profile.users();
    }

    /** Bytes that the images of all users together take: what a journal without history would hold. */
    public long liveImageBytes() {
        return profile.imageBytes();
    }

    /** Bytes that the images of the statistics took in the last round of the sweep; 0 before the first. */
    public long statisticsImageBytes() {
        return statistics.imageBytes();
    }

    /** What was judged since this judge was made. Any thread may ask. */
    public TallySnapshot tally() {
        return tally.snapshot(profile.activeSessions());
    }

    /** Gives the users back to the budget. */
    @Override
    public void close() {
        profile.close();
    }
}
