package io.sekimori.payload;

import org.jspecify.annotations.Nullable;

/** A message from outside is not what it should be, or goes beyond a bound. The text is safe to log and to answer. */
public final class MalformedMessage extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedMessage(String what) {
        this(what, null);
    }

    MalformedMessage(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
