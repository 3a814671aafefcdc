package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogReaderService;

/** Which errors speak against a generation on probation. */
class ErrorWatchTest {

    private static final Bundle CHANGED = bundle("changed", 7);
    private static final Bundle OTHER = bundle("other", 8);

    @TempDir
    private Path work;

    private final List<Object> listening = new ArrayList<>();
    private ErrorWatch watch;

    @BeforeEach
    void aWatchOfOneBundle() {
        watch = new ErrorWatch(
                Fake.of(
                        BundleContext.class,
                        Map.of(
                                "addFrameworkListener", arguments -> listens("framework", true),
                                "removeFrameworkListener", arguments -> listens("framework", false))),
                Fake.of(
                        LogReaderService.class,
                        Map.of(
                                "addLogListener", arguments -> listens("log", true),
                                "removeLogListener", arguments -> listens("log", false))),
                new TransitionLog(work.resolve("log"), Clock.systemUTC()));
        watch.watch(CHANGED);
    }

    @Test
    void itListensForAsLongAsItIsOpen() {
        watch.open();
        assertThat(listening).containsExactly("log", "framework");

        watch.close();
        assertThat(listening).isEmpty();
    }

    @Test
    void whatAChangedBundleLogsAsAnErrorCounts() throws Exception {
        watch.logged(entry(CHANGED, LogLevel.ERROR, "app", "out of luck", new IllegalStateException("by test")));
        watch.logged(entry(CHANGED, LogLevel.ERROR, null, "again", null));

        assertThat(watch.errors()).isEqualTo(2);
        assertThat(lines())
                .containsExactly(
                        "ERROR changed out of luck (java.lang.IllegalStateException: by test)", "ERROR changed again");
    }

    @Test
    void aWarningIsKeptAndDoesNotCount() throws Exception {
        watch.logged(entry(CHANGED, LogLevel.WARN, "app", "nearly", null));
        watch.logged(entry(CHANGED, LogLevel.AUDIT, "app", "for the record", null));
        watch.logged(entry(CHANGED, LogLevel.INFO, "app", "all is well", null));

        assertThat(watch.errors()).isZero();
        assertThat(lines()).containsExactly("WARN changed nearly", "AUDIT changed for the record");
    }

    @Test
    void whatOthersLogSaysNothing() {
        watch.logged(entry(OTHER, LogLevel.ERROR, "app", "not mine", null));
        watch.logged(entry(null, LogLevel.ERROR, "app", "nobody's", null));

        assertThat(watch.errors()).isZero();
        assertThat(work.resolve("log")).doesNotExist();
    }

    @Test
    void whatTheFrameworkReportsCountsOnce() throws Exception {
        watch.frameworkEvent(new FrameworkEvent(FrameworkEvent.ERROR, CHANGED, new IllegalStateException("by test")));
        watch.logged(entry(CHANGED, LogLevel.ERROR, "Events.Framework", "the same", null));
        watch.frameworkEvent(new FrameworkEvent(FrameworkEvent.ERROR, OTHER, null));
        watch.frameworkEvent(new FrameworkEvent(FrameworkEvent.WARNING, CHANGED, null));

        assertThat(watch.errors()).isEqualTo(1);
        assertThat(lines()).containsExactly("ERROR framework: changed (java.lang.IllegalStateException: by test)");
    }

    private Object listens(String where, boolean begins) {
        if (begins) {
            listening.add(where);
        } else {
            listening.remove(where);
        }
        return null;
    }

    /** Without the time in front. */
    private List<String> lines() throws Exception {
        return Files.readAllLines(work.resolve("log")).stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    private static LogEntry entry(Bundle bundle, LogLevel level, String logger, String message, Throwable why) {
        Map<String, Fake.Answer> answers = new HashMap<>();
        answers.put("getBundle", arguments -> bundle);
        answers.put("getLogLevel", arguments -> level);
        answers.put("getLoggerName", arguments -> logger);
        answers.put("getMessage", arguments -> message);
        answers.put("getException", arguments -> why);
        return Fake.of(LogEntry.class, answers);
    }

    private static Bundle bundle(String symbolicName, long id) {
        return Fake.of(
                Bundle.class, Map.of("getSymbolicName", arguments -> symbolicName, "getBundleId", arguments -> id));
    }
}
