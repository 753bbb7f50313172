package io.gatehouse.app.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads a Java properties file (UTF-8) and remembers on which line each key stands. */
final class PropertiesFile {
    /** A configuration is a page; this keeps a wrong path (a log, a device) from filling the memory. */
    private static final long MAX_BYTES = 1 << 20;

    private final String shownName;
    private final List<Mistake> mistakes;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private PropertiesFile(String shownName, List<Mistake> mistakes) {
        this.shownName = shownName;
        this.mistakes = mistakes;
    }

    /** The file's entries in its order; what cannot be read is added to the mistakes. */
    static List<Entry> read(Path file, List<Mistake> mistakes) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                mistakes.add(unreadable(file, "is larger than 1 MiB: that is no configuration file"));
                return List.of();
            }
            return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8), mistakes);
        } catch (NoSuchFileException e) {
            mistakes.add(unreadable(file, "there is no such file"));
        } catch (CharacterCodingException e) {
            mistakes.add(unreadable(file, "is not UTF-8"));
        } catch (IOException e) {
            mistakes.add(unreadable(file, "cannot be read: " + e));
        }
        return List.of();
    }

    static List<Entry> parse(String shownName, String content, List<Mistake> mistakes) {
        PropertiesFile file = new PropertiesFile(shownName, mistakes);
        List<String> natural = content.lines().toList();
        for (int i = 0; i < natural.size(); i++) {
            int first = i;
            StringBuilder logical = new StringBuilder(natural.get(i));
            if (!isComment(natural.get(i))) {
                while (endsInContinuation(natural.get(i)) && i + 1 < natural.size()) {
                    i++;
                    logical.append('\n').append(natural.get(i));
                }
            }
            file.take(logical.toString(), first + 1);
        }
        return file.entries;
    }

    private void take(String logicalLine, int line) {
        Properties one = new Properties();
        String origin = shownName + ", line " + line;
        try {
            one.load(new StringReader(logicalLine));
        } catch (IllegalArgumentException | IOException e) {
            mistakes.add(new Mistake(origin, null, null, "malformed \\uxxxx escape"));
            return;
        }
        one.stringPropertyNames().forEach(key -> {
            Entry entry = new Entry(key, one.getProperty(key).strip(), origin);
            Integer earlier = lines.putIfAbsent(key, line);
            if (earlier != null) {
                // Without the value: whether that is a secret is not known of a name that is misspelt, as it may be.
                mistakes.add(new Mistake(key, null, origin, "is given a second time; the first is on line " + earlier));
            } else {
                entries.add(entry);
            }
        });
    }

    private static boolean isComment(String line) {
        String start = line.stripLeading();
        return start.startsWith("#") || start.startsWith("!");
    }

    /** An odd number of backslashes at its end: the last one is not itself escaped. */
    private static boolean endsInContinuation(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static Mistake unreadable(Path file, String problem) {
        return new Mistake("configuration file " + file, null, null, problem);
    }
}
