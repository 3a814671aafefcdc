package io.sekimori.demo.guest;

import java.util.Locale;

/** How a release of the guest behaves: the header {@code Sekimori-Demo-Mood} of its manifest. */
enum Mood {
    /** As it should. */
    WELL,
    /** Starts, is healthy for a moment, and then is not any more. */
    UNHEALTHY,
    /** Its stop never returns. */
    STUCK,
    /** Ends the process when it starts. */
    CRASHING,
    /** Installs a bundle that nobody signed past the update service, and is unhealthy if that resolved. */
    INTRUDING;

    static final String HEADER = "Sekimori-Demo-Mood";

    static Mood of(String header) {
        return header == null ? WELL : valueOf(header.toUpperCase(Locale.ROOT));
    }
}
