/** Signs people in with passwords hashed by Argon2id, over whatever store there is. Works without OSGi too. */
@NullMarked
package io.sekimori.access.people;

import org.jspecify.annotations.NullMarked;
