package io.sekimori.update;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a transition would do, before anything is touched.
 *
 * @param from the generation that runs
 * @param to the generation that would run
 * @param assignmentVersion version of the signed assignment behind it
 * @param restart whether the process would be restarted; then every bundle is interrupted
 * @param bundles one entry for each bundle of either generation, by symbolic name
 * @param interruptions bundles whose services would be missing for a while; empty if nobody notices
 * @param disk what the disk needs and has
 * @param configurations identifiers of the configurations that would change
 * @param signed the signed assignment behind it
 * @param remedies which risks the coming releases remove, as their publishers signed it; each once
 */
public record Plan(
        int from,
        int to,
        long assignmentVersion,
        boolean restart,
        List<PlannedBundle> bundles,
        List<Interruption> interruptions,
        Disk disk,
        List<String> configurations,
        Signed signed,
        List<Remedy> remedies) {

    public Plan {
        bundles = List.copyOf(bundles);
        interruptions = List.copyOf(interruptions);
        configurations = List.copyOf(configurations);
        remedies = List.copyOf(remedies);
    }

    /**
     * A bundle that is away for a while.
     *
     * @param about an estimate from the last transitions of this unit, else from experience; not a promise
     */
    public record Interruption(String symbolicName, Duration about, String why) {}

    /**
     * Bytes on the disk of the unit.
     *
     * @param toCopyBytes files that are not in the store yet
     * @param neededBytes what the whole transition writes, with a reserve
     * @param freeBytes what is free for the user of the runtime
     */
    public record Disk(long toCopyBytes, long neededBytes, long freeBytes) {}

    /**
     * What the director signed.
     *
     * @param sha256 of the signed document, which tells it from every other one: 64 lower-case hex digits
     * @param until when it stops being taken on this way
     * @param offlineStale since when the metadata that says which releases are the newest is past its expiry, as may be
     *     on a medium that a person on site brings; empty if it is fresh
     */
    public record Signed(String sha256, Instant until, Optional<Instant> offlineStale) {}

    /**
     * Which risk a release removes.
     *
     * @param english one line, without control characters
     * @param japanese the same; empty if its publisher has no words in it
     */
    public record Remedy(String english, String japanese) {

        /** In that language, else in English. */
        public String in(Locale language) {
            return language.getLanguage().equals("ja") && !japanese.isEmpty() ? japanese : english;
        }
    }
}
