package io.gatehouse.lab.compare;

import io.gatehouse.app.geo.GeoDatabase;
import io.gatehouse.core.Batch;
import io.gatehouse.core.JudgeSettings;
import io.gatehouse.core.PartitionJudge;
import io.gatehouse.core.Publications;
import io.gatehouse.core.profile.UserBudget;
import io.gatehouse.lab.generate.GeneratedRecord;
import io.gatehouse.lab.generate.LoginStream;
import io.gatehouse.lab.generate.StreamSettings;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real results, for a copy to send in place of its own: as long as Gatehouse's, and as different from one another, so that
 * they compress alike.
 */
final class Outputs {
    private static final int KEPT = 50_000;

    private final byte[][] values;
    private int next;

    private Outputs(byte[][] values) {
        this.values = values;
    }

    /**
     * Judges the beginning of a stream and writes down the last results of it, when most users have been seen before.
     *
     * @param judged how many logins to judge, at least as many as are kept
     */
    static void write(StreamSettings stream, int judged, Path file) throws IOException {
        PartitionJudge judge = new PartitionJudge(
                JudgeSettings.DEFAULTS, GeoDatabase.builtIn(), new UserBudget(Long.MAX_VALUE), "user-login", 0);
        LoginStream logins = new LoginStream(stream);
        Batch batch = new Batch();
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(KEPT);
            for (int login = 0; login < judged; login++) {
                GeneratedRecord record = logins.next();
                batch.clear();
                batch.add(record.key(), record.value(), login, -1);
                judge.judge(batch, System.currentTimeMillis());
                judge.publish(System.currentTimeMillis(), Publications.NOWHERE);
                if (login >= judged - KEPT) {
                    out.writeInt(batch.output(0).length);
                    out.write(batch.output(0));
                }
            }
        }
    }

    static Outputs read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            byte[][] values = new byte[in.readInt()][];
            for (int i = 0; i < values.length; i++) {
                values[i] = in.readNBytes(in.readInt());
            }
            return new Outputs(values);
        }
    }

    /** For a thread of its own. */
    Outputs another() {
        return new Outputs(values);
    }

    /** The next of them, from the beginning again after the last. */
    byte[] next() {
        byte[] value = values[next];
        next = next + 1 == values.length ? 0 : next + 1;
        return value;
    }
}
