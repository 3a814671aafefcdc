package io.sekimori.rollouts;

import io.sekimori.rollouts.BundleChange.Kind;
import java.time.Duration;
import java.util.List;

/**
 * A rollout to be made.
 *
 * @param name for people, 1 to 100 printable characters
 * @param selection for which gateways
 * @param changes 1 to {@value #MAX_CHANGES}, no symbolic name of a kind twice, and at most one Java runtime
 * @param waves at most {@value #MAX_WAVES} sizes, in order; gateways that are left over go into one more wave, waves that find
 *     no gateway left are not made; empty means all at once
 * @param limits for each wave
 * @param automatic whether the next wave goes by itself; otherwise a person lets it go
 * @param silentAfter how long an assigned gateway may be without a proved outcome; 1 second to 365 days
 */
public record Draft(
        String name,
        Selection selection,
        List<BundleChange> changes,
        List<WaveSize> waves,
        Limits limits,
        boolean automatic,
        Duration silentAfter) {

    /** The most changes of one rollout. */
    public static final int MAX_CHANGES = 200;

    /** The most waves of one rollout, the one for the rest not counted. */
    public static final int MAX_WAVES = 50;

    private static final Duration MOST = Duration.ofDays(365);

    /** @throws IllegalArgumentException if a part is out of its bounds */
    public Draft {
        Bounds.require(
                !name.isBlank() && name.length() <= 100 && !name.matches("(?s).*[\\p{Cntrl}\\p{Cs}].*"),
                "a name has 1 to 100 printable characters");
        changes = List.copyOf(changes);
        waves = List.copyOf(waves);
        Bounds.require(!changes.isEmpty() && changes.size() <= MAX_CHANGES, "a rollout has 1 to 200 changes");
        Bounds.require(
                changes.stream()
                                .map(change -> change.kind() == Kind.JAVA ? "" : change.kind() + change.symbolicName())
                                .distinct()
                                .count()
                        == changes.size(),
                "a bundle is changed twice");
        Bounds.require(waves.size() <= MAX_WAVES, "more than " + MAX_WAVES + " waves");
        Bounds.require(
                silentAfter.compareTo(Duration.ofSeconds(1)) >= 0 && silentAfter.compareTo(MOST) <= 0,
                "silentAfter is 1 second to 365 days");
    }
}
