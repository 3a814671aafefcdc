package io.sekimori.tuning;

import java.util.Map;
import java.util.Objects;

/**
 * What is to be changed.
 *
 * @param gateway its id
 * @param reason why, for people and the audits of both sides: 1 to 500 characters
 * @param changes by PID and attribute: a text, a list of texts, or {@link #UNSET}
 * @param trialSeconds how long the gateway may take to reach its console again: 10 to 600
 */
public record Wish(String gateway, String reason, Map<String, Map<String, Object>> changes, int trialSeconds) {

    /** Stands for a value that returns to its default. */
    public static final Object UNSET = new Object() {
        @Override
        public String toString() {
            return "[default]";
        }
    };

    /** @throws IllegalArgumentException if a part is out of its bounds; the message holds no value */
    public Wish {
        Objects.requireNonNull(gateway, "gateway");
        require(!reason.isBlank() && reason.length() <= 500, "reason must have 1 to 500 characters");
        require(!changes.isEmpty() && changes.size() <= 50, "1 to 50 settings are changed at once");
        require(trialSeconds >= 10 && trialSeconds <= 600, "trialSeconds must be 10 to 600");
        changes = Map.copyOf(changes);
    }

    /** The values stay out: a password may be among them. */
    @Override
    public String toString() {
        return "Wish[" + gateway + " " + changes.keySet() + "]";
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
