package io.sekimori.rollouts;

/** How an order was answered. */
public sealed interface RolloutAnswer {

    /**
     * It is recorded and begins.
     *
     * @param rollout the rollout that was made or changed; for a roll back the new one
     */
    record Accepted(Rollout rollout) implements RolloutAnswer {}

    /**
     * Nothing was changed.
     *
     * @param code why
     * @param detail safe to show
     */
    record Refused(RolloutCode code, String detail) implements RolloutAnswer {}
}
