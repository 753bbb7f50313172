package io.gatehouse.core.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTableTest {
    private static final long GAP_MS = 30 * 60_000;
    private static final int STEPS = 15_000;

    /** A table, the plain map that it must equal, and a journal trimmed as the engine trims it. */
    private static final class History {
        private final Random random;
        private final UserBudget budget;
        private final UserTable table;
        private final Map<String, byte[]> expected = new HashMap<>();
        private final List<String> users = new ArrayList<>();
        private List<byte[]> journal = new ArrayList<>();
        private int roundBegan = -1;

        History(long seed, int maxUsers) {
            random = new Random(seed);
            budget = new UserBudget(maxUsers);
            table = new UserTable(budget, new ActiveSessions(GAP_MS), new ClosedSessions(), seed);
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                int what = random.nextInt(1000);
                if (what < 2) {
                    beginSweep();
                } else if (what < 40) {
                    sweep(Long.MIN_VALUE);
                } else if (what < 42) {
                    sweep(random.nextInt(1_000));
                } else if (what < 80) {
                    table.drainChanges(this::journal);
                } else if (what < 81) {
                    table.drainChanges(this::journal);
                    assertRestorable();
                } else {
                    store(i);
                }
            }
            table.drainChanges(this::journal);
            assertRestorable();
        }

        private void store(int step) {
            String user = user();
            UserKey key = key(table, user);
            int ref = table.find(key);
            assertThat(ref != UserTable.NONE).as(user).isEqualTo(expected.containsKey(user));
            Memory memory = randomMemory(random);
            table.store(key, ref, memory, step);
            expected.put(user, image(key, memory, step));
            dropEvicted(user);
        }

        private String user() {
            if (users.isEmpty() || random.nextInt(20) == 0) {
                users.add(
                        random.nextBoolean()
                                ? new UUID(random.nextLong(), random.nextLong()).toString()
                                : "u".repeat(random.nextInt(100)) + users.size());
            }
            return users.get(random.nextInt(users.size()));
        }

        private void dropEvicted(String newcomer) {
            if (expected.size() > budget.maxUsers()) {
                expected.keySet().removeIf(user -> !isKnown(user));
                assertThat(expected).containsKey(newcomer);
            }
            assertThat(table.users()).isEqualTo(expected.size());
            assertThat(budget.users()).isEqualTo(expected.size()).isLessThanOrEqualTo(budget.maxUsers());
        }

        private void beginSweep() {
            table.drainChanges(this::journal);
            if (roundBegan < 0) {
                roundBegan = journal.size();
                table.beginSweep();
            }
        }

        private void sweep(long forgetBeforeMs) {
            boolean over = table.sweep(random.nextInt(3_000), forgetBeforeMs, this::journal);
            if (over && roundBegan >= 0) {
                journal = new ArrayList<>(journal.subList(roundBegan, journal.size()));
                roundBegan = -1;
                assertRestorable();
            }
            expected.entrySet()
                    .removeIf(user -> Image.lastMs(user.getValue(), 0) < forgetBeforeMs && !isKnown(user.getKey()));
        }

        private boolean isKnown(String user) {
            return table.find(key(table, user)) != UserTable.NONE;
        }

        private void journal(byte[] bytes, int from, int length) {
            journal.add(Arrays.copyOfRange(bytes, from, from + length));
        }

        /** After a drain, the journal alone makes the same table. */
        private void assertRestorable() {
            expected.keySet().removeIf(user -> !isKnown(user) && lastMs(user) < 1_000);
            UserTable restored = new UserTable(
                    new UserBudget(Integer.MAX_VALUE),
                    new ActiveSessions(GAP_MS),
                    new ClosedSessions(),
                    random.nextLong());
            journal.forEach(image -> restored.restore(ByteBuffer.wrap(image), Image.VERSION, true));
            assertSameUsers(table);
            assertSameUsers(restored);
            Set<String> expectedImages = new HashSet<>();
            expected.values().forEach(image -> expectedImages.add(HexFormat.of().formatHex(withoutMarks(image))));
            assertThat(images(restored)).isEqualTo(expectedImages);
        }

        private long lastMs(String user) {
            return Image.lastMs(expected.get(user), 0);
        }

        private void assertSameUsers(UserTable actual) {
            assertThat(actual.users()).isEqualTo(expected.size());
            List<String> different = new ArrayList<>();
            long bytes = 0;
            for (Map.Entry<String, byte[]> user : expected.entrySet()) {
                UserKey key = key(actual, user.getKey());
                int ref = actual.find(key);
                if (ref == UserTable.NONE
                        || !Arrays.equals(user.getValue(), readBack(actual, key, ref, user.getValue()))) {
                    different.add(user.getKey());
                }
                bytes += user.getValue().length;
            }
            assertThat(different).isEmpty();
            assertThat(actual.imageBytes()).isEqualTo(bytes);
        }

        private static byte[] readBack(UserTable table, UserKey key, int ref, byte[] expected) {
            Memory memory = new Memory();
            table.read(ref, memory);
            return image(key, memory, Image.seenAtSeconds(expected, 0));
        }

        private static Set<String> images(UserTable table) {
            Set<String> images = new HashSet<>();
            table.beginSweep();
            table.sweep(
                    Integer.MAX_VALUE,
                    Long.MIN_VALUE,
                    (bytes, from, length) -> images.add(
                            HexFormat.of().formatHex(withoutMarks(Arrays.copyOfRange(bytes, from, from + length)))));
            return images;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void aTableEqualsAPlainMapAndItsJournalRestoresIt(long seed) {
        new History(seed, Integer.MAX_VALUE).run();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 6, 7, 8})
    void theSameHoldsWhileUsersAreForgottenForWantOfRoom(long seed) {
        new History(seed, 300).run();
    }

    @Test
    void eachChangedUserIsHandedOverOnce() {
        UserTable table = table(new UserBudget(1_000));
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            store(table, "user " + i % 100, randomMemory(random), i);
        }
        List<byte[]> images = new ArrayList<>();
        table.drainChanges((bytes, from, length) -> images.add(Arrays.copyOfRange(bytes, from, from + length)));
        assertThat(images).hasSize(100).doesNotHaveDuplicates();

        table.drainChanges((bytes, from, length) -> images.add(null));
        assertThat(images).hasSize(100);
    }

    @Test
    void aRoundHandsOverOnlyWhoWasNotJournaledSinceItBegan() {
        UserTable table = table(new UserBudget(1_000));
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            store(table, "user " + i, randomMemory(random), i);
        }
        table.drainChanges((bytes, from, length) -> {});
        table.beginSweep();
        for (int i = 0; i < 40; i++) {
            store(table, "user " + i, randomMemory(random), i);
        }
        table.drainChanges((bytes, from, length) -> {});

        Set<String> swept = new HashSet<>();
        while (!table.sweep(300, Long.MIN_VALUE, (bytes, from, length) -> swept.add(keyText(bytes, from)))) {}

        assertThat(swept).hasSize(60).contains("user 40", "user 99");
    }

    @ParameterizedTest(name = "room for {0}")
    @ValueSource(ints = {45, 1_000_000})
    void aRoundMissesNobodyWhileUsersComeAndGoUnderItsHand(int room) {
        for (int seed = 1; seed <= 300; seed++) {
            UserTable table = table(new UserBudget(room));
            Random random = new Random(seed);
            List<String> users = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                users.add(storeInFirstShard(table, random));
            }
            table.drainChanges((bytes, from, length) -> {});
            Set<String> swept = new HashSet<>();
            table.beginSweep();
            while (!table.sweep(1, Long.MIN_VALUE, (bytes, from, length) -> swept.add(keyText(bytes, from)))) {
                // Slower than the hand, or the round would never end.
                if (random.nextInt(3) == 0) {
                    storeInFirstShard(table, random);
                }
            }
            users.removeIf(user -> table.find(key(table, user)) == UserTable.NONE);
            assertThat(swept).as("seed %d", seed).containsAll(users);
        }
    }

    private static String storeInFirstShard(UserTable table, Random random) {
        String user;
        do {
            user = "user " + random.nextLong();
        } while (key(table, user).hash() >>> 56 != 0);
        store(table, user, randomMemory(random), 1);
        return user;
    }

    @Test
    void aSweepThatFindsNothingToDoEndsAfterABoundedLook() {
        UserTable table = table(new UserBudget(10_000));
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            store(table, "user " + i, randomMemory(random), i);
        }
        table.beginSweep();
        table.drainChanges((bytes, from, length) -> {});
        assertThat(table.sweep(8 * 4_999, Long.MIN_VALUE, (bytes, from, length) -> {}))
                .isFalse();
        assertThat(table.sweep(8 * 4_999, Long.MIN_VALUE, (bytes, from, length) -> {}))
                .isTrue();
    }

    @Test
    void whoWasSeenLongestAgoMakesRoom() {
        int room = 2_000;
        UserBudget budget = new UserBudget(room);
        UserTable table = table(budget);
        Random random = new Random(1);
        for (int i = 0; i < 2 * room; i++) {
            store(table, "user " + i, randomMemory(random), i);
        }
        assertThat(table.users()).isEqualTo(room);
        assertThat(budget.evicted()).isEqualTo(room);
        long recentKept = 0;
        for (int i = room * 3 / 2; i < 2 * room; i++) {
            recentKept += table.find(key(table, "user " + i)) != UserTable.NONE ? 1 : 0;
        }
        assertThat(recentKept).isGreaterThan(room / 2 * 95 / 100);
    }

    @Test
    void usersWhoAllGrowLeaveLittleMemoryUnused() {
        int users = 5_000;
        UserTable table = table(new UserBudget(users));
        Random random = new Random(1);
        Map<String, byte[]> expected = new HashMap<>();
        for (int devices = 1; devices <= Memory.MAX_DEVICES; devices++) {
            for (int i = 0; i < users; i++) {
                Memory memory = randomMemory(random);
                memory.deviceCount = devices;
                store(table, "user " + i, memory, i);
                expected.put("user " + i, image(key(table, "user " + i), memory, i));
                if (i % 250 == 0) {
                    table.drainChanges((bytes, from, length) -> {});
                }
            }
        }
        table.drainChanges((bytes, from, length) -> {});

        assertThat(table.recordBytes()).isLessThan(table.imageBytes() * 3 / 2);
        expected.forEach((user, image) -> {
            Memory memory = new Memory();
            UserKey key = key(table, user);
            table.read(table.find(key), memory);
            assertThat(image(key, memory, Image.seenAtSeconds(image, 0)))
                    .as(user)
                    .isEqualTo(image);
        });
    }

    @Test
    void aClosedTableGivesItsUsersBack() {
        UserBudget budget = new UserBudget(10);
        UserTable table = table(budget);
        store(table, "somebody", randomMemory(new Random(1)), 1);
        assertThat(budget.users()).isEqualTo(1);
        table.close();
        assertThat(budget.users()).isZero();
    }

    @Test
    void aUserForgottenDuringARestoreAndRestoredAgainIsNotForgottenByTheJournal() {
        UserTable source = table(new UserBudget(1_000));
        List<byte[]> journal = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Memory memory = randomMemory(random);
            memory.published = true;
            store(source, "user " + i % 50, memory, i);
            source.drainChanges((bytes, from, length) -> journal.add(Arrays.copyOfRange(bytes, from, from + length)));
        }
        UserTable small = table(new UserBudget(20));
        journal.forEach(image -> small.restore(ByteBuffer.wrap(image), Image.VERSION, true));
        assertThat(small.users()).isEqualTo(20);
        small.drainChanges((bytes, from, length) -> journal.add(Arrays.copyOfRange(bytes, from, from + length)));

        UserTable again = table(new UserBudget(1_000));
        journal.forEach(image -> again.restore(ByteBuffer.wrap(image), Image.VERSION, true));
        assertThat(again.users()).isEqualTo(20);
        for (int i = 0; i < 50; i++) {
            assertThat(again.find(key(again, "user " + i)) != UserTable.NONE)
                    .isEqualTo(small.find(key(small, "user " + i)) != UserTable.NONE);
        }
    }

    private static UserTable table(UserBudget budget) {
        return new UserTable(budget, new ActiveSessions(GAP_MS), new ClosedSessions(), 42);
    }

    private static void store(UserTable table, String user, Memory memory, int seenAtSeconds) {
        UserKey key = key(table, user);
        table.store(key, table.find(key), memory, seenAtSeconds);
    }

    private static UserKey key(UserTable table, String user) {
        UserKey key = new UserKey();
        byte[] bytes = user.getBytes(UTF_8);
        table.setKey(key, bytes, 0, bytes.length);
        return key;
    }

    private static String keyText(byte[] bytes, int from) {
        return new String(bytes, Image.keyAt(bytes, from), Image.keyBytes(bytes, from), UTF_8);
    }

    private static byte[] image(UserKey key, Memory memory, int seenAtSeconds) {
        byte[] image = new byte[Image.MAX_BYTES];
        Image.write(image, 0, key, memory, seenAtSeconds);
        return Arrays.copyOf(image, Image.lengthBytes(image, 0));
    }

    private static byte[] withoutMarks(byte[] image) {
        byte[] bare = image.clone();
        Image.mark(bare, 0, false, false);
        return bare;
    }

    /** A memory of any shape that the fold may leave. */
    static Memory randomMemory(Random random) {
        Memory memory = new Memory();
        memory.startMs = random.nextInt(2_000);
        memory.lastMs = memory.startMs + random.nextInt(2_000);
        memory.number = 1 + random.nextInt(9);
        memory.login = 1 + random.nextInt(9);
        memory.lateLogins = random.nextInt(memory.login);
        memory.revision = random.nextInt(3);
        memory.published = random.nextBoolean();
        for (int i = random.nextInt(4); i > 0; i--) {
            memory.addCountry('A' + random.nextInt(26) << 8 | 'Z');
        }
        for (int i = random.nextInt(Memory.MAX_RECENT); i >= 0; i--) {
            memory.addRecent(random.nextLong());
        }
        int devices = random.nextInt(Memory.MAX_DEVICES + 1);
        for (int i = 0; i < devices; i++) {
            useDevice(memory, memory.useDevice(-1, random.nextLong()), random);
        }
        if (devices == 0 || random.nextBoolean()) {
            useDevice(memory, memory.useNoDevice(), random);
        }
        return memory;
    }

    private static void useDevice(Memory memory, int entry, Random random) {
        memory.lastUseMs[entry] = random.nextInt();
        memory.versions[entry] = random.nextBoolean() ? Memory.NO_VERSION : random.nextLong() >>> 16;
    }
}
