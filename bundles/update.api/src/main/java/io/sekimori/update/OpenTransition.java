package io.sekimori.update;

import java.time.Instant;

/**
 * The transition under way.
 *
 * @param to the number of the next generation
 */
public record OpenTransition(String id, int from, int to, Phase phase, Instant started, Origin origin) {}
