package io.sekimori.rollouts;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many gateways are in each state, counted at one moment.
 *
 * @param of a number for every state, zeros included
 */
public record Counts(Map<TargetState, Integer> of) {

    /** Nobody. */
    public static final Counts NONE = new Counts(Map.of());

    /** @throws IllegalArgumentException if a number is negative */
    public Counts {
        EnumMap<TargetState, Integer> all = new EnumMap<>(TargetState.class);
        for (TargetState state : TargetState.values()) {
            int count = of.getOrDefault(state, 0);
            Bounds.require(count >= 0, "counts are not negative");
            all.put(state, count);
        }
        of = Map.copyOf(all);
    }

    /** How many are in {@code state}. */
    public int get(TargetState state) {
        return of.get(state);
    }

    /** How many there are. */
    public int total() {
        return of.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many are waited for. */
    public int open() {
        return TargetState.OPEN.stream().mapToInt(this::get).sum();
    }

    /** Both together. */
    public Counts plus(Counts other) {
        EnumMap<TargetState, Integer> sum = new EnumMap<>(TargetState.class);
        of.forEach((state, count) -> sum.put(state, count + other.get(state)));
        return new Counts(sum);
    }
}
