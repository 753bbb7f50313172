package io.gatehouse.app.command;

import io.gatehouse.app.config.Configuration;
import io.gatehouse.app.config.ConfigurationException;
import io.gatehouse.app.config.Sources;
import io.gatehouse.app.log.Logging;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a command's configuration comes from; the same options for every command that has one. */
public final class ConfigurationOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A Java properties file (UTF-8). Without it, the one that GATEHOUSE_CONFIG names, if any.")
    private Path file;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Sets a key, over the file and the environment. May be repeated."
                    + " 'gatehouse config --reference' lists all keys.")
    private final List<String> definitions = new ArrayList<>();

    /**
     * The configuration in effect; logging is set up by it.
     *
     * @throws CommandFailure with all mistakes
     */
    public Configuration load(Configuration.Broker broker) {
        try {
            Configuration configuration = Configuration.load(Sources.of(file, definitions), broker);
            Logging.configure(configuration.log().format(), configuration.log().level());
            return configuration;
        } catch (ConfigurationException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }
}
