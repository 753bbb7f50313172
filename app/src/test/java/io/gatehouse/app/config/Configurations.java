package io.gatehouse.app.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Loads configurations from text, as a test writes them. */
final class Configurations {
    private Configurations() {}

    static Configuration load(String fileContent) {
        return load(fileContent, Map.of(), List.of());
    }

    static Configuration load(String fileContent, Map<String, String> environment, List<String> definitions) {
        try {
            Path file = Files.createTempFile("gatehouse", ".properties");
            try {
                Files.writeString(file, fileContent);
                return Configuration.load(new Sources(file, environment, definitions), Configuration.Broker.NEEDED);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All mistakes in a configuration, as they are printed, without the file's name. */
    static List<String> mistakes(String fileContent, Map<String, String> environment, List<String> definitions) {
        try {
            load(fileContent, environment, definitions);
            return List.of();
        } catch (ConfigurationException e) {
            return e.mistakes().stream()
                    .map(mistake -> mistake.toString().replaceAll("\\(/[^,]*, line", "(line"))
                    .toList();
        }
    }
}
