package io.sekimori.rollouts;

/** The check that the values of this package share. Stateless. */
final class Bounds {

    private Bounds() {}

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
