/** Keeps people, sessions and failures in the console's records. Works without OSGi too. */
@NullMarked
package io.sekimori.records.people;

import org.jspecify.annotations.NullMarked;
