package io.sekimori.payload;

import org.jspecify.annotations.Nullable;

/** A message from outside is not what it should be, or goes beyond a bound. The text is safe to log and to answer. */
public final class MalformedMessage extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param what safe to log and to answer */
    public MalformedMessage(String what) {
        this(what, null);
    }

    /**
     * @param what safe to log and to answer
     * @param cause what failed below, or null if nothing did
     */
    public MalformedMessage(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
