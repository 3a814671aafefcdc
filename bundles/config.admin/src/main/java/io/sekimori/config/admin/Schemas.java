package io.sekimori.config.admin;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Knows what bundles say about their PIDs. Thread-safe. */
interface Schemas {

    /** Every PID described by a bundle now installed, sorted. */
    List<Schema> all(Locale locale);

    /** What is said about {@code pid}, which may be an instance of a factory. */
    Optional<Schema> of(String pid);

    /** The PIDs that the bundle of this symbolic name describes; empty if there is no such bundle. */
    Set<String> pidsOf(String bundle);
}
