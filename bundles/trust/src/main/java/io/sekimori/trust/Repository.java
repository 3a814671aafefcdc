package io.sekimori.trust;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The two repositories a gateway follows, and where they differ as to roots. */
enum Repository {
    RELEASE(
            EnumSet.allOf(Role.class),
            EnumSet.of(Role.TIMESTAMP, Role.SNAPSHOT),
            List.of("timestamp.json", "snapshot.json")),

    // Without timestamp and snapshot, the assignment itself is what a stolen key could have pushed too far ahead.
    DIRECTOR(EnumSet.of(Role.ROOT, Role.TARGETS), EnumSet.of(Role.TARGETS), List.of("targets.json"));

    /** The roles its root must name. */
    final Set<Role> roles;

    /** When a key of one of these is taken away ... */
    final Set<Role> recovered;

    /** ... these trusted files are forgotten (5.3.11). */
    final List<String> forgotten;

    Repository(Set<Role> roles, Set<Role> recovered, List<String> forgotten) {
        this.roles = roles;
        this.recovered = recovered;
        this.forgotten = forgotten;
    }

    /** For messages. */
    String nameOf(String file) {
        return (this == RELEASE ? "release " : "director ") + file;
    }
}
