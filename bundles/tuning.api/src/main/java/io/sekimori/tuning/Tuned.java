package io.sekimori.tuning;

import java.time.Instant;

/**
 * A change and what became of it.
 *
 * @param id names it: 1 to 64 of {@code A-Z a-z 0-9 -}; later ones sort after
 * @param gateway whose settings
 * @param state how far it is
 * @param code why it was refused or taken back, a stable code of the gateway's; empty if it was not
 * @param detail more of that, safe to show; may be empty
 * @param person who asked, as in the audit
 * @param reason why
 * @param changes JSON by PID and attribute; of a password only that it was given
 * @param at since when it is in this state
 * @param trialEnds when a trial ends at the earliest, by this console's clock: the gateway counts from when it has the change
 */
public record Tuned(
        String id,
        String gateway,
        State state,
        String code,
        String detail,
        String person,
        String reason,
        String changes,
        Instant at,
        Instant trialEnds) {

    /** How far a change is. Stable names: add, never rename. */
    public enum State {
        /** Signed and handed to the broker; nothing is proved yet. */
        SENT,
        /** The gateway proved that it has it. */
        TAKEN,
        /** In force at the gateway, which has yet to reach the console with it. */
        ON_TRIAL,
        /** In force for good. */
        CONFIRMED,
        /** The former values are back. */
        REVERTED,
        /** Nothing was changed. */
        REFUSED,
        /** The gateway proved nothing in time; it is still asked for a day. */
        SILENT;

        /** Whether it may still change. */
        public boolean isOpen() {
            return this == SENT || this == TAKEN || this == ON_TRIAL || this == SILENT;
        }
    }
}
