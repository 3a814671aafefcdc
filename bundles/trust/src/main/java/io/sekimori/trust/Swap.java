package io.sekimori.trust;

import java.util.Locale;

/** How a bundle is replaced while the gateway works, as its publisher declared and signed it. */
public enum Swap {
    /** The new version starts beside the old one, which stops when the new one serves: no gap. */
    OVERLAP,
    /** The old version stops, then the new one starts: for what owns a port, a session or a file. */
    REPLACE,
    /** A new process: for infrastructure. */
    RESTART;

    /** The word in metadata: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
