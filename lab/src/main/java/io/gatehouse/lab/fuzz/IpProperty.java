package io.gatehouse.lab.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * Of any text as {@code ip}, core and reference say the same: malformed or not, of what category, and where it is. Whether
 * the core may read it by the word hangs on where it stands and how it is spelled.
 */
final class IpProperty implements Property {
    private static final String AMIDST =
            "{\"user_id\":\"u\",\"ip\":%,\"timestamp\":1720589697,\"device_id\":\"d\",\"locale\":\"WA\"}";
    private static final String AT_THE_END = "{\"user_id\":\"u\",\"timestamp\":1720589697,\"ip\":%}";

    private static final String SEEDS = """
            1.1.1.1
            255.255.255.255
            010.1.2.3
            1.2.3
            1.2.3.4.5
            256.1.1.1
            172.31.255.255
            100.64.0.1
            203.0.113.7
            ::
            ::1
            2001:db8::8a2e:370:7334
            2606:4700:0:0:0:0:0:1
            1:2:3:4:5:6:7:8
            1:2:3:4:5:6:7::
            ::2:3:4:5:6:7:8
            ::ffff:8.8.8.8
            1:2:3:4:5:6:1.2.3.4
            FC00::a
            fe80::1%eth0
            [::1]
            ::/0
            1.2.3.4:80
            example.org
            0x7f.1
            2130706433
            １.1.1.1

            """;

    private final Judge core;

    IpProperty(Judge core) {
        this.core = core;
    }

    @Override
    public void holdsFor(byte[] input) {
        List<Judge.Input> records = new ArrayList<>();
        records.add(new Judge.Input(FieldText.in(AMIDST, FieldText.plain(input)), -1));
        records.add(new Judge.Input(FieldText.in(AT_THE_END, FieldText.plain(input)), -1));
        FieldText.escaped(input).ifPresent(text -> {
            records.add(new Judge.Input(FieldText.in(AMIDST, text), -1));
            records.add(new Judge.Input(FieldText.in(AT_THE_END, text), -1));
        });
        Agreement.withTheReference(core, records);
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.lines(SEEDS);
    }

    @Override
    public List<String> words() {
        return List.of("::", ".0", "255", "256", "ffff", "::ffff:", "2001:db8:", "fe80:", "fc00:", "198.51.100.", "%");
    }
}
