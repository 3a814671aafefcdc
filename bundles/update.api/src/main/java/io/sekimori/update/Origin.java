package io.sekimori.update;

/**
 * Who asked for a transition.
 *
 * @param person name of the person or account, for the audit; 1 to 200 characters
 * @param channel by which way, for instance {@code local}; 1 to 50 characters
 */
public record Origin(String person, String channel) {

    /** @throws IllegalArgumentException if a part is empty, too long or has control characters */
    public Origin {
        require(person, 200);
        require(channel, 50);
    }

    private static void require(String text, int most) {
        if (text.isBlank() || text.length() > most || text.matches("(?s).*[\\p{Cntrl}\\p{Cs}].*")) {
            throw new IllegalArgumentException("an origin has 1 to " + most + " printable characters");
        }
    }
}
