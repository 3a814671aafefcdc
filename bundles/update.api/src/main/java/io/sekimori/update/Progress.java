package io.sekimori.update;

/**
 * One step of a transition.
 *
 * @param id of the transition
 * @param step what is being done, for people
 * @param done steps, seconds or bytes finished in this phase
 * @param total how many there are; 0 if not known
 */
public record Progress(String id, Phase phase, String step, long done, long total) {}
