package io.sekimori.vault;

import java.util.Objects;

/**
 * What lies in the vault under one name.
 *
 * @param name the name
 * @param version grows with each writing, and is never used twice as long as the bundle's key lives
 * @param sizeBytes how long the content is
 */
public record VaultEntry(String name, long version, long sizeBytes) {

    /** @throws NullPointerException if the name is null */
    public VaultEntry {
        Objects.requireNonNull(name, "name");
    }
}
