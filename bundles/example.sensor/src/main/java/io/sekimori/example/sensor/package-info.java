/** A small sensor, as an example of a bundle of one's own. */
@NullMarked
package io.sekimori.example.sensor;

import org.jspecify.annotations.NullMarked;
