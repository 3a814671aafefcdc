package io.sekimori.config;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A wish to change one configuration. What is neither set nor unset stays as it is.
 *
 * @param pid the configuration; of a factory {@code factoryPid~name}
 * @param expectedVersion the version the wish was made from, 0 if there was none
 * @param set new values by attribute: a {@link Secret} for a password; else a string, number, boolean or
 *     character of the attribute's type, or its text form; a list of these where several are allowed
 * @param unset attributes that return to their default
 * @param authorship who and why
 */
public record Change(
        String pid, long expectedVersion, Map<String, Object> set, Set<String> unset, Authorship authorship) {

    /** @throws NullPointerException if a part is null */
    public Change {
        Objects.requireNonNull(pid, "pid");
        set = Map.copyOf(set);
        unset = Set.copyOf(unset);
        Objects.requireNonNull(authorship, "authorship");
    }

    /** The values stay out: a caller may have put a password where none belongs. */
    @Override
    public String toString() {
        return "Change[pid=" + pid + ", expectedVersion=" + expectedVersion + ", set=" + set.keySet() + ", unset="
                + unset + ", authorship=" + authorship + "]";
    }
}
