package io.gatehouse.lab.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * Of any text as {@code timestamp}, as a string and as it stands, core and reference say the same: valid or not, in range of
 * the record's own timestamp or not, and when it was.
 */
final class TimestampProperty implements Property {
    private static final String LOGIN = "{\"user_id\":\"u\",\"timestamp\":%,\"device_id\":\"d\"}";
    private static final long[] RECORD_TIMESTAMPS_MS = {
        -1, 0, 946_684_500_000L, 1_720_589_700_000L, Long.MAX_VALUE - 1, Long.MAX_VALUE
    };

    private static final String SEEDS = """
            1720589697
            1720590000
            1720590001
            1720589697123
            946684799
            946684800
            99999999999
            100000000000
            9223372036854775807
            9223372036854775808
            -1
            -0
            01720589697
            1720589697.0
            1720589697e0
            2023-09-12T00:45:51Z
            2023-09-12T00:45:51.123456789+02:00
            2024-02-29T23:59:59.9-18:00
            2023-02-29T00:00:00Z
            1900-02-29T00:00:00Z
            2000-01-01T00:59:59.999+01:00
            9999-12-31T23:59:59.999-18:00
            2023-09-12T24:00:00Z
            2023-06-30T23:59:60Z
            2023-09-12T00:45:51
            2023-09-12 00:45:51Z
            2023-09-12t00:45:51z
            2023-09-12T00:45Z
            2023-W37-2T00:45:51Z
            +12023-09-12T00:45:51Z
            2023-09-12T00:45:51.Z
            2023-09-12T00:45:51-00:00
            2023-09-12T00:45:51+2:00
            2023-09-12T00:45:51+0200

            １７２０５８９６９７
            """;

    private final Judge core;

    TimestampProperty(Judge core) {
        this.core = core;
    }

    @Override
    public void holdsFor(byte[] input) {
        List<byte[]> events = new ArrayList<>();
        events.add(FieldText.in(LOGIN, FieldText.plain(input)));
        events.add(FieldText.in(LOGIN, input));
        FieldText.escaped(input).ifPresent(text -> events.add(FieldText.in(LOGIN, text)));
        List<Judge.Input> records = new ArrayList<>();
        for (byte[] event : events) {
            for (long recordMs : RECORD_TIMESTAMPS_MS) {
                records.add(new Judge.Input(event, recordMs));
            }
        }
        Agreement.withTheReference(core, records);
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.lines(SEEDS);
    }

    @Override
    public List<String> words() {
        return List.of(
                "2023-",
                "-02-29",
                "-12-31",
                "T23:59:59",
                "T00:00:00",
                ".999999999",
                "+18:00",
                "-18:00",
                "+18:01",
                "Z",
                "9223372036854775807",
                "946684800",
                "100000000000");
    }
}
