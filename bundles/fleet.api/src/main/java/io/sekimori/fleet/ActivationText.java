package io.sekimori.fleet;

import java.util.Arrays;

/**
 * The activation file of one gateway, shown once: it holds the code with which the gateway enrols. Not thread-safe.
 */
public final class ActivationText implements AutoCloseable {

    private final byte[] utf8;

    /** @param utf8 the file; this object owns it from now on and wipes it */
    public ActivationText(byte[] utf8) {
        this.utf8 = utf8;
    }

    /** The bytes themselves, not a copy; all zero once this is closed. */
    public byte[] utf8() {
        return utf8;
    }

    /** Wipes the text. */
    @Override
    public void close() {
        Arrays.fill(utf8, (byte) 0);
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
