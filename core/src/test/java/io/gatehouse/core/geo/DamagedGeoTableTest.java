package io.gatehouse.core.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class DamagedGeoTableTest {
    private final byte[] whole = table();

    @Test
    void aFileOfAnotherKindIsNoTable() {
        assertRefused(new byte[0], "no geo table: it has only 0 bytes");
        assertRefused("not a table at all, but a text".getBytes(), "no geo table: it does not begin as one");
        assertThat(GeoTable.isTable(ByteBuffer.wrap(new byte[3]))).isFalse();
        assertThat(GeoTable.isTable(ByteBuffer.wrap(whole))).isTrue();
    }

    @Test
    void anotherVersionIsNamed() {
        whole[7] = 9;
        assertRefused(whole, "format version 9");
    }

    @Test
    void aTableCutAnywhereOrAddedToIsRefused() {
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertRefused(cut, length < 16 ? "only " + length + " bytes" : "cut short");
        }
        assertRefused(Arrays.copyOf(whole, whole.length + 1), "added to");
    }

    @Test
    void aFlippedBitInAnyByteIsNoticed() {
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            assertRefused(damaged, "geo table");
        }
    }

    /** With the checksum made to match, every further check has to hold its own. */
    @Test
    void damageThatTheChecksumHidesIsNoticedOrHarmless() {
        long seed = 7;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 6_000; i++) {
            byte[] forged = random.nextInt(4) == 0 ? cut(random) : whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                int at = TableFormat.CHECKED_FROM + random.nextInt(forged.length - TableFormat.CHECKED_FROM);
                forged[at] = (byte) random.nextInt();
            }
            seal(forged);
            try {
                useAll(GeoTable.read(ByteBuffer.wrap(forged)), random);
            } catch (GeoTableException e) {
                assertThat(e.getMessage()).isNotBlank();
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(3_000);
    }

    @Test
    void aTableSealedAfterItWasCutIsRefusedWhereverThatWas() {
        for (int length = TableFormat.CHECKED_FROM; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            seal(cut);
            assertRefused(cut, "geo table is damaged");
        }
    }

    private byte[] cut(Random random) {
        return Arrays.copyOf(whole, 60 + random.nextInt(whole.length - 60));
    }

    private static void useAll(GeoTable table, Random random) {
        IpAddress address = new IpAddress();
        byte[] json = new byte[8192];
        for (int i = 0; i < 50; i++) {
            if (i % 2 == 0) {
                address.setIpv4(random.nextInt());
            } else {
                address.setIpv6(random.nextLong(), 0);
            }
            int place = table.find(address);
            if (place != GeoTable.NOWHERE) {
                table.copyJson(place, json, 0);
                table.countryCode(table.countryOf(place));
                table.regionName(table.regionOf(place));
            }
        }
    }

    private static void seal(byte[] file) {
        ByteBuffer.wrap(file).putInt(TableFormat.LENGTH_AT, file.length);
        CRC32C checksum = new CRC32C();
        checksum.update(file, TableFormat.CHECKED_FROM, file.length - TableFormat.CHECKED_FROM);
        ByteBuffer.wrap(file).putInt(TableFormat.CHECKSUM_AT, (int) checksum.getValue());
    }

    private static void assertRefused(byte[] file, String why) {
        assertThatThrownBy(() -> GeoTable.read(ByteBuffer.wrap(file)))
                .isExactlyInstanceOf(GeoTableException.class)
                .hasMessageContaining(why);
    }

    private static byte[] table() {
        GeoTableWriter writer = new GeoTableWriter(GeoLevel.CITY, GeoTableTest.SOURCE);
        Random random = new Random(1);
        int[] records = new int[40];
        for (int i = 0; i < records.length; i++) {
            records[i] = writer.record(new Place("EU", "DE", "R" + i % 7, "C" + i, i / 10.0, i / 5.0, null));
        }
        long ipv4 = 0;
        long ipv6 = 0x2000L << 48;
        for (int i = 0; i < 200; i++) {
            writer.addIpv4(ipv4, ipv4 + 99, records[random.nextInt(40)]);
            writer.addIpv6(ipv6, ipv6 + 99, records[random.nextInt(40)]);
            ipv4 += 100 + random.nextInt(1 << 24);
            ipv6 += 100 + (random.nextLong() >>> 12);
        }
        return writer.toBytes();
    }
}
