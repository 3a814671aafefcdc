package io.sekimori.broker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The allowance of each gateway, kept over its connections so that connecting again does not refill it. Consoles have
 * none: whoever holds a console's key can do more harm than filling a queue. Thread-safe; bounded by the number of
 * certificates that were issued.
 */
final class Allowances {

    /** A minute's worth may come at once: after a gateway was offline it has much to say. */
    private static final int SAVED_SECONDS = 60;

    private final Map<String, Allowance> byGateway = new ConcurrentHashMap<>();
    private final int bytesPerSecond;

    Allowances(int bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    boolean spend(Client client, long cost) {
        return client instanceof Client.Console
                || byGateway
                        .computeIfAbsent(
                                client.id(), id -> new Allowance(bytesPerSecond, SAVED_SECONDS, System::nanoTime))
                        .spend(cost);
    }
}
