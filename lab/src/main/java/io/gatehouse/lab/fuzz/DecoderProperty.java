package io.gatehouse.lab.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * Of any record's value, core and reference say the same, to the last byte: whatever the record's timestamp, and when the
 * value comes again, to a scanner that has learnt how its members are spelled.
 */
final class DecoderProperty implements Property {
    private static final long RECORD_MS = 1_720_589_700_000L;

    /** Comes first, so that the scanner expects the usual spelling of what follows. */
    private static final byte[] USUAL = """
            {"user_id": "b22a51d5-0f2f-42e3-8505-f2f8d2b01060", "app_version": "2.3.0", "ip": "25.67.253.124", \
            "locale": "WA", "device_id": "37e8136e-b36d-4717-aa68-dbfcaef4d499", "timestamp": 1720589697, \
            "device_type": "iOS"}""".getBytes(UTF_8);

    private static final String SEEDS = """
            {"user_id": "424cdd21-063a-43a7-b91b-7ca1a833afae", "app_version": "2.3.0", "device_type": "android", \
            "ip": "199.172.111.135", "locale": "RU", "device_id": "593-47-5928", "timestamp":"1694479551"}
            {"user_id":"u","timestamp":"2023-09-12T00:45:51.25+02:00","ip":"::ffff:1.1.1.1","locale":"","x":-1.5e+3}
            { "timestamp" : 1720589697000 , "user_id" : "\\ud83d\\ude00 é" , "nested" : { "a" : [ 1 , { } , [ ] ] } }
            {"\\u0075ser_id":"\\"\\\\\\/\\b\\f\\n\\r\\t","timestamp":1720589697,"device_id":null,"IP":true,"x":"\\/\\n"}
            {"user_id":"a","timestamp":1720589697,"user_id":"b"}
            {"user_id":"a","timestamp":1720589697,"enrichment":{}}
            {"user_id":"a","timestamp":1720589697,"a":[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]}
            {"user_id":"a","timestamp":1720589697,"a":0,"b":false,"c":null,"d":0.5E-1,"e":"","é":"😀","":1}
            {"user_id":12,"timestamp":1.5,"ip":"1.2.3.4","device_type":"iPhone","app_version":"v2"}
            {"user_id":"a","timestamp":99999999999999999999,"ip":"example.org"}
            {"user_id":"a","timestamp":9223372036854775807,"ip":"fe80::1%eth0"}
            {"user_id":"a","timestamp":1720589697,"device_type":"LINUX","locale":"\\ud800"}
            [{"user_id":"a","timestamp":1720589697}]
            {"user_id":"a","timestamp":1720589697}}
            {"user_id":"a","timestamp":NaN}
            \uFEFF{"user_id":"a","timestamp":1720589697}
            {}
            null
            """;

    private final Judge core;

    DecoderProperty(Judge core) {
        this.core = core;
    }

    @Override
    public void holdsFor(byte[] input) {
        Agreement.withTheReference(
                core,
                List.of(
                        new Judge.Input(USUAL, RECORD_MS),
                        new Judge.Input(input, RECORD_MS),
                        new Judge.Input(input, -1),
                        new Judge.Input(input, 0),
                        new Judge.Input(input, Long.MAX_VALUE)));
    }

    @Override
    public List<byte[]> seeds() {
        return Seeds.lines(SEEDS);
    }

    @Override
    public List<String> words() {
        return List.of(
                "\"user_id\":",
                "\"timestamp\":",
                "\"ip\":",
                "\"device_type\":",
                "\"app_version\":",
                "\"locale\":",
                "\"device_id\":",
                "\"enrichment\":",
                "null",
                "true",
                "false",
                "\\u0000",
                "\\ud83d\\ude00",
                "1720589697",
                "[[[[[[[[[[[[[[[[",
                "]]]]]]]]]]]]]]]]",
                "\uFEFF",
                "\u00A0");
    }
}
