/** Rollouts in waves, moved by a clock that any number of consoles may run side by side. */
@NullMarked
package io.sekimori.rollouts.waves;

import org.jspecify.annotations.NullMarked;
