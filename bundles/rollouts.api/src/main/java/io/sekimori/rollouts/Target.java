package io.sekimori.rollouts;

import java.time.Instant;
import java.util.Optional;

/**
 * One gateway in a rollout.
 *
 * @param gateway its id
 * @param position its place in the rollout, from 1
 * @param wave its wave, from 1
 * @param state where it stands
 * @param code why, {@code UPPER_SNAKE}; empty if there is nothing to say
 * @param detail more words; empty if there are none
 * @param assignment version of its assignment; 0 if it has none
 * @param assigned when it got it
 * @param settled when its outcome was proved, or it fell silent
 * @param late whether it was silent before its outcome was proved
 * @param progress what it last said about its progress, not signed; empty if nothing
 * @param takenBack whether a person has it taken back; what became of that, the state says once the gateway has proved it
 */
public record Target(
        String gateway,
        int position,
        int wave,
        TargetState state,
        String code,
        String detail,
        long assignment,
        Optional<Instant> assigned,
        Optional<Instant> settled,
        boolean late,
        String progress,
        boolean takenBack) {}
