package io.gatehouse.engine.topic;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What one of a topic's settings is made, and which other values will do as well.
 *
 * @param value what it is made
 * @param tolerance which values of an existing topic are no fault
 * @param reason why, as half a sentence
 */
record Rule(String setting, String value, Tolerance tolerance, String reason) {
    enum Tolerance {
        EXACTLY,
        AT_LEAST,
        AT_MOST
    }

    static Rule exactly(String setting, String value, String reason) {
        return new Rule(setting, value, Tolerance.EXACTLY, reason);
    }

    static Rule atLeast(String setting, long value, String reason) {
        return new Rule(setting, Long.toString(value), Tolerance.AT_LEAST, reason);
    }

    static Rule atMost(String setting, long value, String reason) {
        return new Rule(setting, Long.toString(value), Tolerance.AT_MOST, reason);
    }

    boolean accepts(String actual) {
        if (tolerance == Tolerance.EXACTLY) {
            return parts(value).equals(parts(actual));
        }
        long wanted = Long.parseLong(value);
        long given = numeric(actual);
        return tolerance == Tolerance.AT_LEAST ? given >= wanted : given <= wanted;
    }

    /** Some settings are lists, whose order means nothing. */
    private static Set<String> parts(String list) {
        return new TreeSet<>(List.of(list.split(",")));
    }

    /** {@code at least 604800000}. */
    String wanted() {
        return switch (tolerance) {
            case EXACTLY -> value;
            case AT_LEAST -> "at least " + value;
            case AT_MOST -> "at most " + value;
        };
    }

    /** Kafka writes "without limit" as -1 where it limits retention. */
    private long numeric(String actual) {
        long number = Long.parseLong(actual);
        boolean unlimited = number == -1 && setting.equals(TopicConfig.RETENTION_MS_CONFIG);
        return unlimited ? Long.MAX_VALUE : number;
    }
}
