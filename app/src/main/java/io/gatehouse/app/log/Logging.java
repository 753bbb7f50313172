package io.gatehouse.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import co.elastic.logging.logback.EcsEncoder;
import io.gatehouse.app.Version;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * Sets logging up, in code: reading a logback.xml would cost a tenth of a second at each start. Where the system property
 * {@code logback.configurationFile} names a file of the user's, that file alone decides.
 */
public final class Logging {
    private static final String CONFIGURATION_FILE = "logback.configurationFile";

    private Logging() {}

    /**
     * From now on, logs like this to standard error.
     *
     * @param level of Gatehouse's own loggers; everything else is logged from WARN on
     */
    public static void configure(LogFormat format, LogLevel level) {
        if (!isLeftToUser() && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            apply(context, format, Level.toLevel(level.name()));
        }
    }

    static boolean isLeftToUser() {
        return System.getProperty(CONFIGURATION_FILE) != null;
    }

    static void apply(LoggerContext context, LogFormat format, Level level) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget(ConsoleTarget.SystemErr.getName());
        console.setEncoder(encoder(context, format));
        console.start();

        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console);
        context.getLogger("io.gatehouse").setLevel(level);
        // An absent broker would be announced by each client each second; the engine says it once, with advice.
        context.getLogger("org.apache.kafka.clients.NetworkClient").setLevel(Level.ERROR);
        // It warns of each request that it repeats by itself, which between two transactions is an everyday matter.
        context.getLogger("org.apache.kafka.clients.producer.internals.Sender").setLevel(Level.ERROR);
        // It warns each time that an offset is asked for while a former owner's transaction is pending.
        context.getLogger("org.apache.kafka.clients.admin.internals.ListConsumerGroupOffsetsHandler")
                .setLevel(Level.ERROR);
    }

    private static Encoder<ILoggingEvent> encoder(LoggerContext context, LogFormat format) {
        Encoder<ILoggingEvent> encoder =
                switch (format) {
                    case TEXT -> text(context);
                    case JSON -> ecs();
                };
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> text(LoggerContext context) {
        TextLayout layout = new TextLayout();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        return encoder;
    }

    private static Encoder<ILoggingEvent> ecs() {
        EcsEncoder encoder = new EcsEncoder();
        encoder.setServiceName("gatehouse");
        encoder.setServiceVersion(Version.current());
        encoder.setEventDataset("gatehouse.log");
        return encoder;
    }
}
