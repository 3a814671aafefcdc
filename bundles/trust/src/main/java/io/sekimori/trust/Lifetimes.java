package io.sekimori.trust;

import java.time.Duration;

/**
 * How long newly signed metadata stays acceptable. Expiry decides what is accepted, never what starts.
 *
 * @param root       of a root
 * @param timestamp  of a timestamp: how long a gateway can be kept from seeing what is new
 * @param snapshot   of a snapshot
 * @param targets    of the targets file with the releases
 * @param assignment of an assignment
 */
public record Lifetimes(Duration root, Duration timestamp, Duration snapshot, Duration targets, Duration assignment) {

    /** For updates that also travel on sticks: root 5 years, targets 1 year, snapshot and assignment 90 days, timestamp 30. */
    public static final Lifetimes DEFAULT = new Lifetimes(
            Duration.ofDays(1_825),
            Duration.ofDays(30),
            Duration.ofDays(90),
            Duration.ofDays(365),
            Duration.ofDays(90));

    /** The same with another life of assignments. */
    public Lifetimes assigning(Duration life) {
        return new Lifetimes(root, timestamp, snapshot, targets, life);
    }
}
