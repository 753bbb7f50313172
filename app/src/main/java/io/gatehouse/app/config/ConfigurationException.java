package io.gatehouse.app.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with all that is wrong with it. */
public final class ConfigurationException extends RuntimeException {
    private final transient List<Mistake> mistakes;

    ConfigurationException(List<Mistake> mistakes) {
        super(mistakes.stream()
                .map(mistake -> "  " + mistake)
                .collect(Collectors.joining("\n", headline(mistakes), "")));
        this.mistakes = List.copyOf(mistakes);
    }

    /** At least one, in the order of the sources. */
    public List<Mistake> mistakes() {
        return mistakes;
    }

    private static String headline(List<Mistake> mistakes) {
        return mistakes.size() == 1
                ? "the configuration has a mistake:\n"
                : "the configuration has " + mistakes.size() + " mistakes:\n";
    }
}
