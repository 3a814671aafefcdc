package io.sekimori.broker;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.util.Set;

/**
 * What clients may cost the broker.
 *
 * @param messageBytes the largest MQTT packet; a larger one ends the connection
 * @param connections connected clients at once
 * @param handshakesPerSecond TLS handshakes begun per second, by anybody; five seconds' worth may come at once
 * @param gatewayBytesPerSecond what one gateway may publish over time, as {@link Allowance} counts it
 * @param sessionMessages messages waiting for one gateway; with more its session is discarded
 * @param sessionBytes bytes waiting for one gateway; with more its session is discarded
 * @param consoleBytes bytes waiting for one console; with more the gateways wait
 * @param sessionDays days after which the session of a client that stays away ends
 */
record Limits(
        int messageBytes,
        int connections,
        int handshakesPerSecond,
        int gatewayBytesPerSecond,
        int sessionMessages,
        int sessionBytes,
        long consoleBytes,
        int sessionDays) {

    private static final int KIB = 1024;

    static final Limits DEFAULT =
            new Limits(256 * KIB, 20_000, 200, 256 * KIB, 1_000, 4 * KIB * KIB, 512L * KIB * KIB, 14);

    static Limits parse(JsonObject json) throws MalformedJson {
        BrokerSettings.onlyKnown(
                json,
                Set.of(
                        "messageBytes",
                        "connections",
                        "handshakesPerSecond",
                        "gatewayBytesPerSecond",
                        "sessionMessages",
                        "sessionBytes",
                        "consoleBytes",
                        "sessionDays"));
        return new Limits(
                (int) number(json, "messageBytes", KIB, 16 * KIB * KIB, DEFAULT.messageBytes),
                (int) number(json, "connections", 1, 1_000_000, DEFAULT.connections),
                (int) number(json, "handshakesPerSecond", 1, 100_000, DEFAULT.handshakesPerSecond),
                (int) number(json, "gatewayBytesPerSecond", KIB, 1 << 30, DEFAULT.gatewayBytesPerSecond),
                (int) number(json, "sessionMessages", 1, 1_000_000, DEFAULT.sessionMessages),
                (int) number(json, "sessionBytes", KIB, 1 << 30, DEFAULT.sessionBytes),
                number(json, "consoleBytes", 64 * KIB, 1L << 40, DEFAULT.consoleBytes),
                // Artemis counts them in milliseconds in an int.
                (int) number(json, "sessionDays", 1, 24, DEFAULT.sessionDays));
    }

    private static long number(JsonObject json, String name, long least, long most, long otherwise)
            throws MalformedJson {
        long value = json.optionalNumber(name).orElse(otherwise);
        if (value < least || value > most) {
            throw new MalformedJson("limits." + name + " is not within " + least + " and " + most);
        }
        return value;
    }
}
