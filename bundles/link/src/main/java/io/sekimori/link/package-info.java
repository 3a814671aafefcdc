/** The console at the broker: hears gateways, and brings them requests. */
@NullMarked
package io.sekimori.link;

import org.jspecify.annotations.NullMarked;
