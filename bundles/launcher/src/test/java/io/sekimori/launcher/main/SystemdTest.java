package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdTest {

    private static final Map<String, String> WATCHED = Map.of("NOTIFY_SOCKET", "/run/notify", "WATCHDOG_USEC", "40000");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Lines lines = new Lines(new PrintStream(said, true, StandardCharsets.UTF_8));

    @TempDir
    private Path directory;

    private List<String> writing;
    private Path told;

    @BeforeEach
    void place() {
        told = directory.resolve("told");
        writing = List.of("/bin/sh", "-c", "cat >'" + told + "'");
    }

    @Test
    void saysReadyThenWellThenThatItStops() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        try (Systemd systemd = Systemd.of(WATCHED, writing, lines)) {
            systemd.ready(() -> {
                twice.countDown();
                return true;
            });
            twice.await();
            systemd.stopping();
        }

        assertThat(lines()).startsWith("READY=1", "WATCHDOG=1").contains("STOPPING=1");
    }

    @Test
    void keepsSilentWhileItIsNotWell() throws Exception {
        CountDownLatch asked = new CountDownLatch(3);
        try (Systemd systemd = Systemd.of(WATCHED, writing, lines)) {
            systemd.ready(() -> {
                asked.countDown();
                return false;
            });
            asked.await();
        }

        assertThat(lines()).containsExactly("READY=1");
        assertThat(said.toString(StandardCharsets.UTF_8)).containsOnlyOnce("the framework is not well");
    }

    @Test
    void aQuestionThatHangsIsNoAnswer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (Systemd systemd = Systemd.of(WATCHED, writing, lines)) {
            systemd.ready(() -> {
                asked.countDown();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    return false;
                }
                return true;
            });
            asked.await();
        }

        assertThat(lines()).containsExactly("READY=1");
    }

    @Test
    void withoutALimitOnlyTheStateIsTold() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Systemd systemd = Systemd.of(Map.of("NOTIFY_SOCKET", "/run/notify"), writing, lines)) {
            systemd.ready(() -> asked.incrementAndGet() > 0);
        }

        assertThat(lines()).containsExactly("READY=1");
        assertThat(asked).hasValue(0);
    }

    @Test
    void withoutSystemdNobodyIsTold() {
        try (Systemd systemd = Systemd.of(Map.of(), writing, lines)) {
            systemd.ready(() -> true);
            systemd.stopping();
        }

        assertThat(told).doesNotExist();
    }

    @Test
    void aHelperThatCannotBeStartedStopsNothing() {
        List<String> absent = List.of(directory.resolve("absent").toString());
        try (Systemd systemd = Systemd.of(WATCHED, absent, lines)) {
            systemd.ready(() -> true);
        }

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("systemd is not told");
    }

    @Test
    void tellsFourTimesWithinTheLimit() {
        assertThat(Systemd.interval("180000000")).contains(Duration.ofSeconds(45));
        assertThat(Systemd.interval("1")).contains(Duration.ofMillis(10));
        assertThat(Systemd.interval("")).isEmpty();
        assertThat(Systemd.interval("0")).isEmpty();
        assertThat(Systemd.interval("-5")).isEmpty();
        assertThat(Systemd.interval("soon")).isEmpty();
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(told);
    }
}
