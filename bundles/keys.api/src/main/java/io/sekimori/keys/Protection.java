package io.sekimori.keys;

import java.util.Objects;

/**
 * How well keys are kept: facts for the status, not a promise.
 *
 * @param kind where private keys lie
 * @param note one sentence on what that does and does not protect against, safe to show
 */
public record Protection(Kind kind, String note) {

    /** Where private keys lie, from the weakest on. Stable names: add, never rename. */
    public enum Kind {
        /** In a file that the gateway's user can read: whoever becomes that user, or copies the disk, has them. */
        FILE,
        /** In a chip that uses them and never gives them out. */
        HARDWARE
    }

    /** @throws NullPointerException if a part is null */
    public Protection {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(note, "note");
    }
}
