package io.sekimori.identity;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a gateway is at its console.
 *
 * @param id the gateway's id: {@code g-} and 12 of {@code a-z 2-7}; the name in its certificate, and its MQTT client id
 * @param account the first word of its topics: 1 to 64 of {@code A-Z a-z 0-9 _ -}
 * @param chain its certificate, then those that lead to an anchor, without the anchor; never empty
 * @param anchors the console's CA, the only one that is trusted on the other side; never empty
 * @param console where the console is: {@code https://host[:port]}, without a path
 * @param broker where the console's broker is: {@code ssl://host:port}
 */
public record Enrolled(
        String id,
        String account,
        List<X509Certificate> chain,
        List<X509Certificate> anchors,
        URI console,
        URI broker) {

    /** @throws IllegalArgumentException if a part is empty or malformed */
    public Enrolled {
        chain = List.copyOf(chain);
        anchors = List.copyOf(anchors);
        require(id.matches("g-[a-z2-7]{12}"), "id is malformed");
        require(account.matches("[A-Za-z0-9_-]{1,64}"), "account is malformed");
        require(!chain.isEmpty() && !anchors.isEmpty(), "certificates are missing");
        require("https".equals(console.getScheme()) && console.getHost() != null, "console is not an https address");
        require(
                "ssl".equals(broker.getScheme()) && broker.getHost() != null && broker.getPort() > 0,
                "broker is not an address ssl://host:port");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
