package io.sekimori.authority;

import java.time.Instant;
import java.util.Arrays;

/**
 * An activation just made. It holds the code, which the console itself keeps only as a hash: show or send it once, then
 * close it.
 *
 * <p>Confined to one thread.
 */
public final class IssuedActivation implements AutoCloseable {

    private final byte[] file;
    private final byte[] label;
    private final Instant notAfter;

    /**
     * @param file the activation file, JSON in UTF-8; owned and wiped by this object from now on
     * @param label the same as one line of ASCII without a line end, for a printed label; owned and wiped likewise
     * @param notAfter until when the code may be used
     */
    public IssuedActivation(byte[] file, byte[] label, Instant notAfter) {
        this.file = file;
        this.label = label;
        this.notAfter = notAfter;
    }

    /** The activation file; a copy, which the caller wipes. */
    public byte[] file() {
        return file.clone();
    }

    /** The one-line label; a copy, which the caller wipes. */
    public byte[] label() {
        return label.clone();
    }

    /** Until when the code may be used. */
    public Instant notAfter() {
        return notAfter;
    }

    /** Wipes the code. */
    @Override
    public void close() {
        Arrays.fill(file, (byte) 0);
        Arrays.fill(label, (byte) 0);
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
