/** The transition from one generation to the next in a running gateway: plan, swap, probation, commit or the way back. */
@NullMarked
package io.sekimori.update.engine;

import org.jspecify.annotations.NullMarked;
