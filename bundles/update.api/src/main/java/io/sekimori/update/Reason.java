package io.sekimori.update;

import java.util.Objects;

/**
 * Why something was refused, reverted or interrupted.
 *
 * @param code stable, UPPER_SNAKE: the name of an {@link UpdateCode} or of a code of the trust, generation or launcher area
 * @param detail safe to show to an operator, at most {@value #MAX_DETAIL} characters; longer ones are cut, and
 *     control characters and halves of characters replaced
 */
public record Reason(String code, String detail) {

    /** The most characters a detail has. */
    public static final int MAX_DETAIL = 2000;

    /** @throws IllegalArgumentException if the code is not UPPER_SNAKE */
    public Reason {
        Objects.requireNonNull(detail);
        if (!code.matches("[A-Z][A-Z0-9_]{1,63}")) {
            throw new IllegalArgumentException("a reason code is 2 to 64 of A-Z 0-9 _");
        }
        if (detail.length() > MAX_DETAIL) {
            detail = detail.substring(0, MAX_DETAIL - 1) + "…";
        }
        // What bundles and exceptions say ends up in signed and audited text; halves of characters have no bytes there.
        detail = detail.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }

    /** A reason of this area. */
    public static Reason of(UpdateCode code, String detail) {
        return new Reason(code.name(), detail);
    }
}
