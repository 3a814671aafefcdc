package io.sekimori.demo;

import org.jspecify.annotations.Nullable;

/** A line of the demo that did not hold, with what was seen instead. */
final class Broken extends Exception {

    private static final long serialVersionUID = 1L;

    Broken(String seen, @Nullable Throwable cause) {
        super(seen, cause);
    }

    Broken(String seen) {
        this(seen, null);
    }
}
