/** Brings what a console assigned to the update engine, and the engine's reports to the console. */
@NullMarked
package io.sekimori.delivery;

import org.jspecify.annotations.NullMarked;
