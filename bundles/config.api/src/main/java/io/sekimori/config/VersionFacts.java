package io.sekimori.config;

import java.time.Instant;
import java.util.Objects;

/**
 * One version of one configuration.
 *
 * @param pid the configuration
 * @param version its number, from 1; 0 stands for "was never configured through this service"
 * @param at when
 * @param origin where its values come from
 * @param authorship who and why
 * @param removed whether in this version the configuration does not exist
 */
public record VersionFacts(
        String pid, long version, Instant at, Origin origin, Authorship authorship, boolean removed) {

    /** Where values come from. Stable names: add, never rename. */
    public enum Origin {
        /** The defaults of a generation; the next generation may change them. */
        GENERATION,
        /** A person or their console; no generation changes them. */
        PERSON,
        /** Somebody wrote into the framework's ConfigurationAdmin past this service; noted when seen. */
        OUTSIDE
    }

    /** @throws NullPointerException if a part is null */
    public VersionFacts {
        Objects.requireNonNull(pid, "pid");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(authorship, "authorship");
    }
}
