/** Makes a gateway known to its console by EST, and keeps what it became. */
@NullMarked
package io.sekimori.identity.device;

import org.jspecify.annotations.NullMarked;
