package io.sekimori.web.jetty;

import java.time.Duration;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Where and how much is served: one immutable snapshot of the configuration {@value #PID}.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any that is free
 * @param connections how many may be open at once
 * @param connectionsOfOne how many of them one address may hold, of IPv6 one network of 64 bits
 * @param idle after how long without a byte a connection is closed
 * @param firstRequest how long the head of a request may take until it is whole
 * @param bytesPerSecond how fast a body must come at least; 0 if it may take its time
 * @param grace how far behind that it may fall
 */
record Settings(
        String host,
        int port,
        int connections,
        int connectionsOfOne,
        Duration idle,
        Duration firstRequest,
        int bytesPerSecond,
        Duration grace) {

    private static final Duration GRACE = Duration.ofSeconds(30);

    static final String PID = "io.sekimori.web.jetty";

    /** How fast a body must come. */
    PacedBody.Pace pace() {
        return new PacedBody.Pace(bytesPerSecond, grace.toNanos());
    }

    static Settings of(Config config) {
        return new Settings(
                config.host(),
                config.port(),
                config.connections(),
                config.connections_per_address(),
                Duration.ofSeconds(config.idle_seconds()),
                Duration.ofSeconds(config.first_request_seconds()),
                config.body_bytes_per_second(),
                GRACE);
    }

    @ObjectClassDefinition(name = "Sekimori web", description = "Where pages, REST and gateways are served over HTTPS")
    @interface Config {

        @AttributeDefinition(
                name = "Address",
                description = "The address of the network interface to listen on; 0.0.0.0 or :: for all")
        String host() default "127.0.0.1";

        @AttributeDefinition(name = "Port", description = "1 to 65535; 0 for any", min = "0", max = "65535")
        int port() default 8443;

        @AttributeDefinition(
                name = "Connections",
                description = "How many may be open at once, 8 of them kept for this machine; 16 to 100000",
                min = "16",
                max = "100000")
        int connections() default 4_000;

        @AttributeDefinition(
                name = "Connections of one address",
                description =
                        "How many of them one address may hold, which may stand for many gateways; an IPv6 network of"
                                + " 64 bits counts as one, this machine is not counted; 4 to 100000",
                min = "4",
                max = "100000")
        int connections_per_address() default 1_000;

        @AttributeDefinition(
                name = "Idle",
                description = "Seconds without a byte after which a connection is closed; 5 to 3600",
                min = "5",
                max = "3600")
        int idle_seconds() default 60;

        @AttributeDefinition(
                name = "Request",
                description = "Seconds within which the head of a request must be whole; 1 to 300",
                min = "1",
                max = "300")
        int first_request_seconds() default 20;

        @AttributeDefinition(
                name = "Slowest body",
                description =
                        "Bytes per second that a body must come with, from its 30th second on; 0 for none; 0 to 1000000",
                min = "0",
                max = "1000000")
        int body_bytes_per_second() default 256;
    }
}
