/**
 * Messages of the wire that Kura gateways and Kapua consoles speak: payloads, topics, and what Sekimori adds, the
 * signature of replies. Copied into each bundle that uses it, so that a bundle can be replaced without a restart.
 */
@NullMarked
package io.sekimori.payload;

import org.jspecify.annotations.NullMarked;
