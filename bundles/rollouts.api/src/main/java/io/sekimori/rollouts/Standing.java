package io.sekimori.rollouts;

/**
 * Where a gateway stands in one rollout.
 *
 * @param rollout its id
 * @param name what people call it
 * @param target the gateway in it
 */
public record Standing(String rollout, String name, Target target) {}
