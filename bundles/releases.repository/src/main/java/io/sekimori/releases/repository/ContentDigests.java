package io.sekimori.releases.repository;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Digests of what devices are assigned. Each assignment is read once, since another one has another version: pages ask for
 * many of them again and again. What is remembered is bounded, and follows from the records alone. Thread-safe.
 */
final class ContentDigests {

    private static final int MOST = 10_000;

    private final Map<Version, String> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Version, String> eldest) {
            return size() > MOST;
        }
    };

    private record Version(String device, long version) {}

    /** By device, in their order; those without an assignment, or whose assignment was taken back, are left out. */
    Map<String, String> of(Connection connection, List<String> devices) throws SQLException {
        Map<String, Long> versions = AssignmentRow.versions(connection, devices);
        Map<String, String> digests = new LinkedHashMap<>();
        for (String device : devices) {
            Long version = versions.get(device);
            if (version != null) {
                Optional<String> digest = of(connection, new Version(device, version));
                digest.ifPresent(found -> digests.put(device, found));
            }
        }
        return digests;
    }

    private Optional<String> of(Connection connection, Version version) throws SQLException {
        synchronized (known) {
            String digest = known.get(version);
            if (digest != null) {
                return Optional.of(digest);
            }
        }
        Optional<AssignmentRow> row = AssignmentRow.of(connection, version.device());
        if (row.isEmpty() || row.get().takesBack()) {
            return Optional.empty();
        }
        String digest = row.get().content().digest();
        synchronized (known) {
            known.put(new Version(version.device(), row.get().version()), digest);
        }
        return Optional.of(digest);
    }
}
