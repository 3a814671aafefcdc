package io.sekimori.trust;

/**
 * How far a staged file has come.
 *
 * @param signed how many of the keys that speak for it have signed
 * @param needed how many must; of a root, which the keys of the one before sign as well, the least that is enough
 */
public record SigningProgress(long signed, long needed) {

    /** Whether it can be published. */
    public boolean complete() {
        return signed >= needed;
    }
}
