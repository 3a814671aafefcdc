package io.sekimori.link;

import java.net.URI;
import java.util.List;

/**
 * Where the console is at the broker.
 *
 * @param broker {@code ssl://host:port}
 * @param account the account in topics
 * @param number which of the consoles on this broker, 1 to 999
 */
record LinkSettings(URI broker, String account, int number) {

    /** The requester to whom gateways address news that nobody asked for. */
    static final String EVERY_CONSOLE = "console";

    LinkSettings {
        if (!account.matches("[A-Za-z0-9._-]{1,64}") || number < 1 || number > 999) {
            throw new IllegalArgumentException("account or number is malformed");
        }
    }

    /** The MQTT client id, which is the name in the certificate. */
    String clientId() {
        return "console-" + number;
    }

    /** What is subscribed to: coming and going, news for every console, replies for this one. */
    List<String> subscriptions() {
        return List.of(
                "$EDC/" + account + "/+/MQTT/+",
                "$EDC/" + account + "/" + EVERY_CONSOLE + "/#",
                "$EDC/" + account + "/" + clientId() + "/#");
    }
}
