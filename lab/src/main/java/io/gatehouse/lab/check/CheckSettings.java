package io.gatehouse.lab.check;

import java.time.Duration;
import java.util.Map;

/**
 * What is checked.
 *
 * @param kafka client settings, {@code bootstrap.servers} among them
 * @param applicationId the pipeline's consumer group
 * @param input the topic of login events
 * @param processed the topic of accepted ones
 * @param deadLetters the topic of refused ones
 * @param longestWait the longest time for the pipeline to reach the end of its input
 */
public record CheckSettings(
        Map<String, Object> kafka,
        String applicationId,
        String input,
        String processed,
        String deadLetters,
        Duration longestWait) {}
