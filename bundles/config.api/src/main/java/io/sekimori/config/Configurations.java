package io.sekimori.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The configurations of this gateway, each known by its PID (of a factory: {@code factoryPid~name}). Every
 * change is checked against the description of the bundle it is for, audited, kept as a numbered version on
 * disk, and only then applied. A power cut leaves the version before or the version after.
 *
 * <p>Two editors do not overwrite one another: each change names the version it was made from. Passwords go
 * in as {@link Secret} and never come out.
 *
 * <p>Thread-safe. A call in flight when its provider is replaced, or made just after, is still served.
 */
@ProviderType
public interface Configurations {

    /** What can be configured by bundles now installed, sorted by PID. */
    List<Description> describe(Locale locale);

    /**
     * The configuration in force, or empty if the PID has none.
     *
     * @throws ConfigException if its history cannot be read
     */
    Optional<Configuration> read(String pid) throws ConfigException;

    /** Checks and applies a change; a refused one has changed nothing. Never throws for a bad change. */
    ChangeOutcome change(Change change);

    /**
     * Takes a configuration away, so that its bundle falls back to its defaults.
     *
     * @param expectedVersion the version this decision was made from
     */
    ChangeOutcome remove(String pid, long expectedVersion, Authorship authorship);

    /**
     * The versions kept of one PID, newest first, at most 100 and those that a snapshot holds.
     *
     * @throws ConfigException if its history cannot be read
     */
    List<VersionFacts> history(String pid) throws ConfigException;

    /**
     * Makes an older version the newest one again, with its passwords. It was checked when it was made and is not
     * checked again.
     *
     * @param version the version wanted
     * @param expectedVersion the version this decision was made from
     */
    ChangeOutcome restore(String pid, long version, long expectedVersion, Authorship authorship);

    /**
     * Notes durably which version of each configuration is in force, so that {@link #restore(Snapshot,
     * Authorship)} can return to it, also after a restart. The newest 20 snapshots are kept.
     *
     * @param bundlesOrPids PIDs, and symbolic names standing for all PIDs that the bundle describes
     * @throws ConfigException if it cannot be noted
     */
    Snapshot snapshot(Set<String> bundlesOrPids) throws ConfigException;

    /**
     * Returns every configuration of {@code snapshot} to its version in it, whatever has happened since; those
     * that are as they were stay untouched. This is the way back from a failed update, so it does not wait for
     * an audit: what could not be audited is audited afterwards.
     *
     * @return one outcome for each PID that had to be changed
     */
    List<ChangeOutcome> restore(Snapshot snapshot, Authorship authorship);

    /** Forgets a snapshot that is no longer needed; one that is unknown is no error. */
    void forget(Snapshot snapshot);

    /**
     * Applies the default configurations that a generation brings, to each PID that no person has changed.
     *
     * @param generation its number
     * @param configurations by PID
     * @return one outcome for each PID that had to be changed
     */
    List<ChangeOutcome> applyDefaults(long generation, Map<String, Map<String, Object>> configurations);
}
