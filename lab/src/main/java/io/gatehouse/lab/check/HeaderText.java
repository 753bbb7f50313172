package io.gatehouse.lab.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What a record's headers say. */
final class HeaderText {
    private static final int MOST_DIGITS = 18;

    private HeaderText() {}

    /** The last header of this name; null when there is none, or it is null. */
    static String of(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    /** The same as a number; -1 when it is none. */
    static long number(ConsumerRecord<byte[], byte[]> record, String name) {
        String text = of(record, name);
        boolean isNumber = text != null
                && !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(text) : -1;
    }
}
