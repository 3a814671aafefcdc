package io.sekimori.broker;

import java.util.function.LongSupplier;

/**
 * What may be spent over time: refilled steadily, and a saved amount may be spent at once. Thread-safe.
 *
 * <p>One such allowance, counted in bytes, bounds all that a gateway does: a message costs its length and at least
 * {@link #MESSAGE}, a topic used for the first time, a subscription and a connection cost more.
 */
final class Allowance {

    /** The least a message costs. */
    static final int MESSAGE = 1024;
    /** What a topic costs that nobody used lately, and a subscription. */
    static final int TOPIC = 8 * 1024;
    /** What a connection costs. */
    static final int CONNECTION = 64 * 1024;

    private static final double NANOS = 1e9;

    private final double perNano;
    private final double most;
    private final LongSupplier nanoTime;
    private double left;
    private long countedTo;

    /** {@code seconds} worth of {@code perSecond} may be spent at once. */
    Allowance(long perSecond, int seconds, LongSupplier nanoTime) {
        this.perNano = perSecond / NANOS;
        this.most = (double) perSecond * seconds;
        this.nanoTime = nanoTime;
        this.left = most;
        this.countedTo = nanoTime.getAsLong();
    }

    /** Takes {@code cost} if there is as much left; answers whether there was. */
    synchronized boolean spend(long cost) {
        long now = nanoTime.getAsLong();
        left = Math.min(most, left + (now - countedTo) * perNano);
        countedTo = now;
        if (left < cost) {
            return false;
        }
        left -= cost;
        return true;
    }
}
