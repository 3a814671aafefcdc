package io.sekimori.launcher.main;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells systemd that the gateway is ready, that it is well, and that it stops (sd_notify(3)). Java 17 has no Unix
 * datagrams, so a shell of ours hands each line to {@code systemd-notify}; it ends with this process, whose pipe it reads.
 * Without {@code NOTIFY_SOCKET} nobody is told anything. What cannot be told stops nothing: then systemd acts. Thread-safe.
 */
final class Systemd implements AutoCloseable {

    /** One line in, one call. */
    static final List<String> HELPER =
            List.of("/bin/sh", "-c", "while IFS= read -r line; do systemd-notify \"$line\"; done");

    private static final int PINGS_IN_A_LIMIT = 4;
    private static final Duration SHORTEST = Duration.ofMillis(10);

    private final Optional<Duration> interval;
    private final Lines lines;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final @Nullable Process helper;
    private final @Nullable BufferedWriter told;

    private Systemd(Optional<Duration> interval, Lines lines, @Nullable Process helper) {
        this.interval = interval;
        this.lines = lines;
        this.helper = helper;
        this.told = helper == null
                ? null
                : new BufferedWriter(new OutputStreamWriter(helper.getOutputStream(), StandardCharsets.US_ASCII));
    }

    /** The one that {@code environment} names; {@code command} reads a state from each line of its input. */
    static Systemd of(Map<String, String> environment, List<String> command, Lines lines) {
        if (environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty()) {
            return new Systemd(Optional.empty(), lines, null);
        }
        try {
            Process helper = new ProcessBuilder(command)
                    .redirectOutput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Systemd(interval(environment.getOrDefault("WATCHDOG_USEC", "")), lines, helper);
        } catch (IOException e) {
            lines.say("systemd is not told how the gateway is: " + e.getMessage());
            return new Systemd(Optional.empty(), lines, null);
        }
    }

    /** How often systemd hears that all is well, so that it misses several before its limit; empty if it does not watch. */
    static Optional<Duration> interval(String microseconds) {
        if (!microseconds.matches("[1-9][0-9]{0,17}")) {
            return Optional.empty();
        }
        Duration limit = Duration.of(Long.parseLong(microseconds), ChronoUnit.MICROS);
        Duration interval = limit.dividedBy(PINGS_IN_A_LIMIT);
        return Optional.of(interval.compareTo(SHORTEST) < 0 ? SHORTEST : interval);
    }

    /** Says that the gateway is ready, and from now on that it is well as long as {@code healthy} answers so. */
    void ready(BooleanSupplier healthy) {
        tell("READY=1");
        if (told != null && interval.isPresent()) {
            Thread thread = new Thread(() -> watch(healthy, interval.get()), "sekimori-watchdog");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Says that it stops. */
    void stopping() {
        tell("STOPPING=1");
    }

    /** A question that hangs, or that throws, is no answer, and nothing is told. */
    private void watch(BooleanSupplier healthy, Duration every) {
        boolean well = true;
        try {
            do {
                boolean wasWell = well;
                well = healthy.getAsBoolean();
                if (well) {
                    tell("WATCHDOG=1");
                } else if (wasWell) {
                    lines.say("the framework is not well; systemd is told no more until it is");
                }
            } while (!closed.await(every.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(String state) {
        BufferedWriter writer = told;
        if (writer == null) {
            return;
        }
        synchronized (this) {
            try {
                writer.write(state);
                writer.newLine();
                writer.flush();
            } catch (IOException e) {
                lines.say("systemd cannot be told " + state + ": " + e.getMessage());
            }
        }
    }

    /** Ends the helper when it has passed on what it was given. */
    @Override
    public void close() {
        closed.countDown();
        if (told != null && helper != null) {
            try {
                told.close();
                helper.waitFor(1, TimeUnit.SECONDS);
            } catch (IOException e) {
                lines.say("systemd may not know that the gateway stops: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
