package io.sekimori.broker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;

/** What Artemis and Netty log, from warnings up, as lines on standard error. The JDK makes it by its name. */
public final class BrokerLog extends Formatter implements Filter {

    private static final String SETTINGS = """
            handlers=java.util.logging.ConsoleHandler
            .level=WARNING
            java.util.logging.ConsoleHandler.level=WARNING
            java.util.logging.ConsoleHandler.filter=io.sekimori.broker.BrokerLog
            java.util.logging.ConsoleHandler.formatter=io.sekimori.broker.BrokerLog
            """;

    /** That a queue has nowhere to put what is dead or expired; nothing of ours dies or expires. */
    private static final Set<String> KNOWN = Set.of("AMQ222165", "AMQ222166");

    /** For the JDK. */
    public BrokerLog() {}

    static void toStandardError() {
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(SETTINGS.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isLoggable(LogRecord entry) {
        String message = String.valueOf(entry.getMessage());
        return message.length() < 9 || !KNOWN.contains(message.substring(0, 9));
    }

    @Override
    public String format(LogRecord entry) {
        String cause = entry.getThrown() == null ? "" : ": " + entry.getThrown();
        return "sekimori-broker: " + entry.getLevel().getName() + " "
                + (formatMessage(entry) + cause).replaceAll("\\p{Cntrl}", " ") + System.lineSeparator();
    }
}
