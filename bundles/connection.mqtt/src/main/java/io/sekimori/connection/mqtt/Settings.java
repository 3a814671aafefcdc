package io.sekimori.connection.mqtt;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * How this gateway connects: one immutable snapshot of the configuration {@value #PID}.
 *
 * @param broker the address instead of the one learnt at enrolment
 * @param keepAlive how long nothing may be heard before the other side is asked for a sign of life
 * @param timeout how long one step of connecting may take
 * @param leastPause the most that the first pause after a lost connection lasts
 * @param longestPause the most that any pause lasts
 * @param appsDelay how long a change of applications is waited for before it is announced
 * @param threads how many requests are answered at once
 * @param queue how many more may wait
 * @param limit how long one answer may take
 * @param outboxBytes how much what is to be sent may take on disk
 */
record Settings(
        Optional<URI> broker,
        Duration keepAlive,
        Duration timeout,
        Duration leastPause,
        Duration longestPause,
        Duration appsDelay,
        int threads,
        int queue,
        Duration limit,
        long outboxBytes) {

    static final String PID = "io.sekimori.connection.mqtt";

    private static final int HOUR_SECONDS = 3_600;

    Settings {
        broker.ifPresent(Settings::requireAddress);
        require("keep alive", keepAlive.toSeconds(), 1, HOUR_SECONDS);
        require("timeout", timeout.toSeconds(), 1, 300);
        require("least pause", leastPause.toMillis(), 1, HOUR_SECONDS * 1000L);
        require("longest pause", longestPause.toMillis(), leastPause.toMillis(), HOUR_SECONDS * 1000L);
        require("delay", appsDelay.toMillis(), 0, HOUR_SECONDS * 1000L);
        require("threads", threads, 1, 64);
        require("queue", queue, 0, 1_000);
        require("limit", limit.toMillis(), 1, HOUR_SECONDS * 1000L);
        require("outbox", outboxBytes, 1 << 20, 1L << 30);
    }

    static Settings of(Config config) {
        return new Settings(
                config.broker().isBlank()
                        ? Optional.empty()
                        : Optional.of(URI.create(config.broker().strip())),
                Duration.ofSeconds(config.keep_alive_seconds()),
                Duration.ofSeconds(config.timeout_seconds()),
                Duration.ofMillis(config.pause_least_millis()),
                Duration.ofMillis(config.pause_longest_millis()),
                Duration.ofMillis(config.apps_delay_millis()),
                config.request_threads(),
                config.request_queue(),
                Duration.ofMillis(config.request_limit_millis()),
                config.outbox_mebibytes() * (1L << 20));
    }

    /** Whether a connection made with these is one that would be made with the others. */
    boolean connectsLike(Settings other) {
        return broker.equals(other.broker) && keepAlive.equals(other.keepAlive) && timeout.equals(other.timeout);
    }

    private static void requireAddress(URI broker) {
        if (!"ssl".equals(broker.getScheme()) || broker.getHost() == null || broker.getPort() < 1) {
            throw new IllegalArgumentException("broker is not an address ssl://host:port");
        }
    }

    private static void require(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is out of range");
        }
    }

    @ObjectClassDefinition(
            localization = "OSGI-INF/l10n/connection",
            name = "%connection",
            description = "%connection.description")
    @interface Config {

        @AttributeDefinition(name = "%broker", description = "%broker.description")
        String broker() default "";

        @AttributeDefinition(name = "%keep", description = "%keep.description", min = "1", max = "3600")
        int keep_alive_seconds() default 30;

        @AttributeDefinition(name = "%timeout", description = "%timeout.description", min = "1", max = "300")
        int timeout_seconds() default 20;

        @AttributeDefinition(name = "%least", description = "%least.description", min = "1", max = "3600000")
        int pause_least_millis() default 1_000;

        @AttributeDefinition(name = "%longest", description = "%longest.description", min = "1", max = "3600000")
        int pause_longest_millis() default 120_000;

        @AttributeDefinition(name = "%apps", description = "%apps.description", min = "0", max = "3600000")
        int apps_delay_millis() default 10_000;

        @AttributeDefinition(name = "%threads", description = "%threads.description", min = "1", max = "64")
        int request_threads() default 4;

        @AttributeDefinition(name = "%queue", description = "%queue.description", min = "0", max = "1000")
        int request_queue() default 16;

        @AttributeDefinition(name = "%limit", description = "%limit.description", min = "1", max = "3600000")
        int request_limit_millis() default 30_000;

        @AttributeDefinition(name = "%outbox", description = "%outbox.description", min = "1", max = "1024")
        int outbox_mebibytes() default 8;
    }
}
