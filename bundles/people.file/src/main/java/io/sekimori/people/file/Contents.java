package io.sekimori.people.file;

import io.sekimori.access.Failures;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.KeptSession;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that is kept, at one moment. Immutable.
 *
 * @param people by name
 * @param sessions by the hash of the token
 * @param failures by what they are counted for
 */
record Contents(Map<String, KeptPerson> people, Map<String, KeptSession> sessions, Map<String, Failures> failures) {

    static final int MOST_PEOPLE = 100;
    static final int MOST_SESSIONS = 1_000;
    static final int MOST_FAILURES = 1_000;

    /** Nobody. */
    static final Contents NOBODY = new Contents(Map.of(), Map.of(), Map.of());

    /** Copies and sorts; equal contents make equal files. */
    Contents {
        people = Collections.unmodifiableMap(new TreeMap<>(people));
        sessions = Collections.unmodifiableMap(new TreeMap<>(sessions));
        failures = Collections.unmodifiableMap(new TreeMap<>(failures));
    }
}
