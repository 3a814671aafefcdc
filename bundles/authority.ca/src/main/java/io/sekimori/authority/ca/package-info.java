/** A certification authority with an issuing key in the console's keys and its memory in the records. */
@NullMarked
package io.sekimori.authority.ca;

import org.jspecify.annotations.NullMarked;
