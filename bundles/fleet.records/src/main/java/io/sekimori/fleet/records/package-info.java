/** The fleet in the console's records. */
@NullMarked
package io.sekimori.fleet.records;

import org.jspecify.annotations.NullMarked;
