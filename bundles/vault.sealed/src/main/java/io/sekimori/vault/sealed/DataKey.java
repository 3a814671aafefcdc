package io.sekimori.vault.sealed;

import java.util.Arrays;

/** A bundle's data key for one operation, as it lies on the disk and in plain; wipes the plain one. Confined to one call. */
final class DataKey implements AutoCloseable {

    private final byte[] wrapped;
    private final byte[] plain;

    DataKey(byte[] wrapped, byte[] plain) {
        this.wrapped = wrapped;
        this.plain = plain;
    }

    byte[] wrapped() {
        return wrapped;
    }

    byte[] plain() {
        return plain;
    }

    @Override
    public void close() {
        Arrays.fill(plain, (byte) 0);
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
