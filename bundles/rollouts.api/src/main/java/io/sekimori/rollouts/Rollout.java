package io.sekimori.rollouts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rollout as it stands.
 *
 * @param id {@code r-} and 12 of {@code a-z 2-7}
 * @param name for people
 * @param state where it stands
 * @param reason why it was halted, as {@link RolloutCode} name; empty if it was not
 * @param changes what it does; for a roll back what the rollout before it did, which is undone
 * @param filter the conditions it was made with; empty if the gateways were listed
 * @param limits of each wave
 * @param automatic whether waves follow each other by themselves
 * @param silentAfter after what time without a proved outcome a gateway is silent
 * @param wave the wave that is open, from 1
 * @param waves the counts of each wave, in order
 * @param rollsBack the rollout that this one takes back, if it does
 * @param creator who made it
 * @param created when
 * @param revision changes with its state and its wave; for conditional changes
 */
public record Rollout(
        String id,
        String name,
        RolloutState state,
        String reason,
        List<BundleChange> changes,
        Optional<Map<String, String>> filter,
        Limits limits,
        boolean automatic,
        Duration silentAfter,
        int wave,
        List<Counts> waves,
        Optional<String> rollsBack,
        String creator,
        Instant created,
        long revision) {

    /** @throws NullPointerException if a part is null */
    public Rollout {
        changes = List.copyOf(changes);
        filter = filter.map(Map::copyOf);
        waves = List.copyOf(waves);
    }

    /** All its gateways. */
    public Counts counts() {
        return waves.stream().reduce(Counts.NONE, Counts::plus);
    }
}
