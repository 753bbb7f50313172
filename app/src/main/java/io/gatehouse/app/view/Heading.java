package io.gatehouse.app.view;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What logins are counted by. */
public enum Heading {
    IP_CATEGORY("ip_category"),
    COUNTRY("country"),
    REGION("region"),
    PLATFORM("platform"),
    VERSION("version"),
    LOCALE("locale"),
    HOUR_OF_DAY("hour_of_day"),
    DAY_OF_WEEK("day_of_week");

    private static final Map<String, Heading> BY_LABEL =
            Arrays.stream(values()).collect(Collectors.toMap(Heading::label, Function.identity()));

    private final String label;

    Heading(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Null for a heading that this version does not know. */
    static Heading of(String label) {
        return BY_LABEL.get(label);
    }
}
