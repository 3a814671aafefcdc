package io.sekimori.trust;

/**
 * How far a staged file has come.
 *
 * @param signed how many of the role's keys have signed
 * @param needed how many must
 */
public record SigningProgress(long signed, long needed) {

    /** Whether it can be published. */
    public boolean complete() {
        return signed >= needed;
    }
}
