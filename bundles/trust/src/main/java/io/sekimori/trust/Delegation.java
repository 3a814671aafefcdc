package io.sekimori.trust;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What one targets role hands on to another (4.5).
 *
 * @param role         the other role's name, any text; see {@link RoleName} for its file
 * @param keys         who speaks for it, in the word of this delegator
 * @param paths        which targets; none if prefixes say it
 * @param hashPrefixes beginnings of the SHA-256 of target paths, lower-case hex; none if patterns say it
 * @param terminating  whether nobody behind it is asked for these targets
 */
record Delegation(String role, RoleKeys keys, List<PathPattern> paths, List<String> hashPrefixes, boolean terminating) {

    /** Whether the target of that path is handed on. */
    boolean covers(String path) {
        if (paths.stream().anyMatch(pattern -> pattern.matches(path))) {
            return true;
        }
        if (hashPrefixes.isEmpty()) {
            return false;
        }
        String hash = Sha256.hex(path.getBytes(StandardCharsets.UTF_8));
        return hashPrefixes.stream().anyMatch(hash::startsWith);
    }
}
