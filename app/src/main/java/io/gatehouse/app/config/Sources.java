package io.gatehouse.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where values come from, in rising order: a file, the environment, {@code -D key=value}.
 *
 * @param file null for none
 * @param environment the process's variables
 * @param definitions {@code key=value} each, of the command line; the last of a key wins
 */
public record Sources(Path file, Map<String, String> environment, List<String> definitions) {
    private static final Pattern KEY = Pattern.compile("[\\w.-]*");

    /**
     * The sources of a command.
     *
     * @param option the file that the command line names, or null: then {@code GATEHOUSE_CONFIG} may name one
     */
    public static Sources of(Path option, List<String> definitions) {
        Map<String, String> environment = System.getenv();
        String named = environment.get(Environment.CONFIG);
        Path file = option == null && named != null && !named.isBlank() ? Path.of(named) : option;
        return new Sources(file, environment, definitions);
    }

    /** The given entries by key, each from its strongest source. */
    Map<String, Entry> merge(List<Mistake> mistakes) {
        List<Entry> rising = new ArrayList<>();
        if (file != null) {
            rising.addAll(PropertiesFile.read(file, mistakes));
        }
        rising.addAll(Environment.read(environment, mistakes));
        rising.addAll(commandLine(mistakes));
        Map<String, Entry> merged = new LinkedHashMap<>();
        rising.forEach(entry -> merged.put(entry.key(), entry));
        return merged;
    }

    private List<Entry> commandLine(List<Mistake> mistakes) {
        List<Entry> entries = new ArrayList<>();
        for (String definition : definitions) {
            int equals = definition.indexOf('=');
            if (equals < 1) {
                mistakes.add(new Mistake("-D " + keyOf(definition), null, null, "is not of the form key=value"));
            } else {
                entries.add(new Entry(
                        definition.substring(0, equals).strip(),
                        definition.substring(equals + 1).strip(),
                        "-D"));
            }
        }
        return entries;
    }

    /** What follows the key, whatever parts the two, may be a secret. */
    private static String keyOf(String definition) {
        Matcher key = KEY.matcher(definition);
        boolean isAll = key.lookingAt() && key.hitEnd();
        return isAll ? definition : key.group() + "…";
    }
}
