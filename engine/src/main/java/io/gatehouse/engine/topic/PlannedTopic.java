package io.gatehouse.engine.topic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A topic as it should be.
 *
 * @param followsInput whether it must have as many partitions as the input
 */
record PlannedTopic(String name, boolean followsInput, List<Rule> rules) {
    /** The settings with which it is created. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        rules.forEach(rule -> settings.put(rule.setting(), rule.value()));
        return settings;
    }
}
